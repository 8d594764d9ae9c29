import ArgumentParser
import Connectors
import Foundation
import Testing
import WebhookSignatures

@testable import hooklog

@Suite("Published signatures through the command")
struct SignatureVectorTests {
    @Test("All published cases are there")
    func vectorsAreFound() {
        #expect(SignatureVector.all.count >= 30)
    }

    @Test("The command's verdict is the published one", arguments: SignatureVector.all)
    func verdictIsAsPublished(_ vector: SignatureVector) throws {
        let command = try vector.parsed()
        let check = SignatureCheck(
            scheme: try command.schemeOptions.signatureScheme(),
            secret: try command.secretOptions.text(),
            headers: WebhookHeaders(pairs: command.headers.map { ($0.name, $0.value) }),
            body: vector.body,
            now: command.now ?? 0
        )
        let verdict = try check.verdict()
        #expect(verdict.accepted == (vector.expect == "accept"), "\(verdict.message)")
        #expect((verdict.reason == nil) == verdict.accepted)
        #expect(verdict.sentence.hasPrefix(verdict.accepted ? "Accepted: " : "Rejected: "))
    }

    /// What is said of a published delivery, with more bytes at the end of its body.
    private func verdict(of name: String, adding bytes: [UInt8] = []) throws -> SignatureCheck.Verdict {
        let vector = try #require(SignatureVector.all.first { $0.name == name })
        let check = SignatureCheck(
            scheme: .standardWebhooks,
            secret: vector.secret,
            headers: WebhookHeaders(pairs: vector.headers),
            body: vector.body + bytes,
            now: vector.now
        )
        return try check.verdict()
    }

    @Test("A secret of 18 bytes is taken with a warning")
    func shortSecretWarns() throws {
        let verdict = try verdict(of: "SW-03")
        #expect(verdict.accepted)
        #expect(verdict.warnings.count == 1)
    }

    @Test("A changed body is rejected in words")
    func changedBodyIsRejected() throws {
        let verdict = try verdict(of: "SW-01", adding: [0x20])
        #expect(!verdict.accepted)
        #expect(verdict.reason == "signature")
        #expect(try JSONLine.text(of: verdict).contains(#""accepted":false"#))
    }
}
