/// How a scheme reads and judges its timestamp.
struct TimestampRule: Sendable, Hashable {
    let unit: TimestampUnit
    var tolerance: TimestampTolerance

    /// The greatest time that can be written, in Unix seconds.
    static let maximumSeconds: Int64 = 999_999_999_999

    /// Returns the Unix seconds that the text stands for, rounded down, or `nil` unless it is digits without a leading
    /// zero.
    ///
    /// Signs, spaces, fractions, exponents, other scripts' digits and numbers of more digits than the unit needs are
    /// refused, so nothing can overflow and every time has one spelling.
    func seconds(_ text: String) -> Int64? {
        let digits = text.utf8
        guard 1...unit.maximumDigits ~= digits.count, digits.first != UInt8(ascii: "0") else { return nil }
        var value: Int64 = 0
        for digit in digits {
            guard ASCII.isDigit(digit) else { return nil }
            value = value * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return value / unit.perSecond
    }

    /// Throws when a time is further from the clock than the tolerance, both in Unix seconds.
    func check(_ time: Int64, now: Int64) throws(VerificationError) {
        // A time is never negative, so only a clock before 1970 could overflow.
        let age = max(now, .min / 2) - time
        if let past = tolerance.past, age > past {
            throw VerificationError(.timestampTooOld, seconds: age)
        }
        if let future = tolerance.future, -age > future {
            throw VerificationError(.timestampTooNew, seconds: -age)
        }
    }
}
