import Testing
import WebhookSignatures

/// Which times are readable, and which are inside the tolerance.
struct TimestampTests {
    @Test(arguments: [
        "hello", "", " ", "0", "-1", "+1", "01614265330", " 1614265330", "1614265330 ", "1614265330\t", "1614265330.0",
        "1.5", "1e9", "0x5f", "1_614_265_330", "1614265330abc", "١٦١٤٢٦٥٣٣٠", "\u{FF11}614265330", "1614265330000",
        "12345678901234567890123", "9223372036854775808", "-9223372036854775808", "18446744073709551616", "NaN", "∞",
        "1614265330\u{0}", "1614265330,1614265330", "null",
    ])
    func unreadableTimestampIsRefusedBeforeTheSignature(timestamp: String) throws {
        let signature = Reference.independentSignature(timestamp: timestamp, body: Reference.body)
        let headers = Reference.headers(timestamp: timestamp, signature: signature)
        #expect(try Reference.verifier().refusal(headers) == .badTimestamp)
    }

    @Test(arguments: [
        (Int64(-301), VerificationError.Reason?.some(.timestampTooNew)), (-300, nil), (-299, nil), (0, nil), (299, nil),
        (300, nil),
        (301, .timestampTooOld), (600, .timestampTooOld), (-600, .timestampTooNew),
    ])
    func windowIsInclusiveAtThreeHundredSeconds(age: Int64, expected: VerificationError.Reason?) throws {
        #expect(try Reference.verifier().refusal(Reference.headers(), now: Reference.time + age) == expected)
    }

    @Test(arguments: [
        (Int64.min, VerificationError.Reason.timestampTooNew), (.min + 1, .timestampTooNew), (0, .timestampTooNew),
        (.max, .timestampTooOld),
    ])
    func clockAtTheEdgeDoesNotOverflow(now: Int64, expected: VerificationError.Reason) throws {
        #expect(try Reference.verifier().refusal(Reference.headers(), now: now) == expected)
    }

    @Test func wrongClockIsReportedWithItsDistance() throws {
        let verifier = try Reference.verifier()
        for (offset, reason) in [(Int64(600), VerificationError.Reason.timestampTooOld), (-600, .timestampTooNew)] {
            let error = #expect(throws: VerificationError.self) {
                try verifier.verify(headers: Reference.headers(), body: Reference.body, now: Reference.time + offset)
            }
            #expect(error?.reason == reason)
            #expect(error?.seconds == 600)
            #expect(error?.description.contains("600 s") == true)
        }
    }

    @Test(arguments: [
        (Int64(1000), VerificationError.Reason?.none), (1001, .timestampTooOld), (-20, nil), (-21, .timestampTooNew),
    ])
    func customToleranceHolds(age: Int64, expected: VerificationError.Reason?) throws {
        let scheme = try SignatureScheme.standardWebhooks.withTolerance(TimestampTolerance(past: 1000, future: 20))
        let verifier = try Reference.verifier(scheme: scheme)
        #expect(verifier.refusal(Reference.headers(), now: Reference.time + age) == expected)
        let wrong = Reference.headers(signature: Reference.otherSignature)
        #expect(verifier.refusal(wrong, now: Reference.time + age) == expected ?? .signature)
    }

    @Test func zeroToleranceTakesTheExactSecondOnly() throws {
        let scheme = try SignatureScheme.svix.withTolerance(TimestampTolerance(past: 0, future: 0))
        let verifier = try Reference.verifier(scheme: scheme)
        #expect(verifier.refusal(Reference.headers()) == nil)
        #expect(verifier.refusal(Reference.headers(), now: Reference.time + 1) == .timestampTooOld)
        #expect(verifier.refusal(Reference.headers(), now: Reference.time - 1) == .timestampTooNew)
    }

    @Test(arguments: [Int64.min, 0, Reference.time + 100_000_000, .max])
    func unlimitedToleranceStillChecksTheSignature(now: Int64) throws {
        let scheme = try SignatureScheme.standardWebhooks.withTolerance(.unlimited)
        let verifier = try Reference.verifier(scheme: scheme)
        #expect(verifier.refusal(Reference.headers(), now: now) == nil)
        #expect(verifier.refusal(Reference.headers(timestamp: "1614265331"), now: now) == .signature)
        #expect(verifier.refusal(Reference.headers(timestamp: "0"), now: now) == .badTimestamp)
        #expect(verifier.refusal(Reference.headers(timestamp: "-1"), now: now) == .badTimestamp)
    }

    @Test(arguments: [(Int64?(-1), Int64?(300)), (300, -1), (.min, nil), (nil, .min)])
    func negativeToleranceIsRefused(past: Int64?, future: Int64?) {
        let code = failure { () throws(SignatureError) in try TimestampTolerance(past: past, future: future) }
        #expect(code == .invalidTolerance)
    }

    @Test(arguments: [SignatureScheme.github, .shopify, .piriod])
    func toleranceWithoutATimestampIsRefused(scheme: SignatureScheme) {
        #expect(scheme.tolerance == nil)
        #expect(failure { () throws(SignatureError) in try scheme.withTolerance(.standard) } == .noTimestamp)
    }

    @Test func longestTimestampVerifies() throws {
        let headers = Reference.headers(
            timestamp: "999999999999",
            signature: Reference.independentSignature(timestamp: "999999999999", body: Reference.body)
        )
        #expect(try Reference.verifier().refusal(headers, now: 999_999_999_999) == nil)
    }
}
