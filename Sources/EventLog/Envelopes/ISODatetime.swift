/// The parts of an ISO 8601 datetime as RFC 3339 profiles it, to any precision.
package struct ISODatetime: Sendable {
    /// Whole seconds since 1970-01-01 00:00:00 UTC.
    package let secondsSince1970: Int64
    private let fraction: [UInt8]

    /// Reads `YYYY-MM-DDThh:mm:ss[.f…](Z|±hh:mm)`; nil for anything else and for days that do not exist.
    package init?(_ text: some StringProtocol) {
        self.init(text, asPostgres: false)
    }

    /// Reads a datetime, or what PostgreSQL takes as one.
    ///
    /// - Parameter isLenient: Takes a space for the T, 24:00:00 and a second 60; but no year 0, no fraction of more than 12
    ///   digits and no offset of 16 hours.
    init?(_ text: some StringProtocol, asPostgres isLenient: Bool) {
        var scanner = Scanner(bytes: Array(text.utf8.prefix(Self.longest + 1)))
        guard scanner.bytes.count <= Self.longest,
            let year = scanner.number(4), scanner.skip("-"),
            let month = scanner.number(2), scanner.skip("-"),
            let day = scanner.number(2), scanner.skip("T", or: "t") || isLenient && scanner.skip(" "),
            let hour = scanner.number(2), scanner.skip(":"),
            let minute = scanner.number(2), scanner.skip(":"),
            let second = scanner.number(2)
        else { return nil }
        guard let fraction = scanner.fraction(), let offset = scanner.offset(), scanner.isAtEnd,
            (1...12).contains(month), (1...Self.days(inMonth: month, of: year)).contains(day), minute < 60
        else { return nil }
        guard !isLenient || year > 0 && fraction.count <= 12 && abs(offset) < 16 * 3_600 else { return nil }
        self.fraction = fraction
        let (days, time) = (Self.daysSince1970(year: year, month: month, day: day), hour * 3_600 + minute * 60 + second)
        secondsSince1970 = days * 86_400 + time - offset
        // With the fraction it is no more than a day.
        guard
            hour < 24 && second < 60
                || isLenient && second <= 60 && time * 1_000_000 + roundedMicroseconds <= 86_400_000_000
        else { return nil }
    }

    /// The fraction in microseconds, to the nearest as PostgreSQL has it.
    var roundedMicroseconds: Int64 {
        let text = "0." + fraction.map(String.init).joined()
        return fraction.isEmpty ? 0 : Int64(((Double(text) ?? 0) * 1_000_000).rounded(.toNearestOrEven))
    }

    /// The longest text that is looked at, in bytes.
    static let longest = 64

    /// The moment as answers show it: in UTC, to the millisecond below.
    package var inUTC: String {
        let days = secondsSince1970.floorDivided(by: 86_400)
        let second = secondsSince1970 - days * 86_400
        let date = Self.date(daysSince1970: days)
        let time = [second / 3_600, second / 60 % 60, second % 60].map { Self.padded($0, 2) }.joined(separator: ":")
        let day = "\(Self.padded(date.year, 4))-\(Self.padded(date.month, 2))-\(Self.padded(date.day, 2))"
        return "\(day)T\(time).\(Self.padded(fraction(digits: 0..<3), 3))Z"
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Undoes ``daysSince1970(year:month:day:)``.
    private static func date(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The digits of the fraction in a range of places, missing ones as 0; the greatest `Int64` if they exceed it.
    package func fraction(digits: Range<Int>) -> Int64 {
        var value: Int64 = 0
        for place in digits {
            let digit = place < fraction.count ? Int64(fraction[place]) : 0
            let (scaled, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow2) = scaled.addingReportingOverflow(digit)
            guard !overflow, !overflow2 else { return .max }
            value = sum
        }
        return value
    }

    private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Counts days of the Gregorian calendar, with years that begin in March so that leap days come last.
    private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let leaps = shifted.floorDivided(by: 4) - shifted.floorDivided(by: 100) + shifted.floorDivided(by: 400)
        return shifted * 365 + leaps + dayOfYear - 719_468
    }
}

extension Int64 {
    /// The quotient, rounded down.
    func floorDivided(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

/// Reads the fields of a datetime one after the other.
private struct Scanner {
    let bytes: [UInt8]
    private var place = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { place == bytes.count }
    private var next: UInt8? { isAtEnd ? nil : bytes[place] }

    /// Reads exactly `count` digits.
    mutating func number(_ count: Int) -> Int64? {
        let digits = digits(atMost: count)
        guard digits.count == count else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1) }
    }

    /// Passes one character of two that may stand here.
    mutating func skip(_ character: Unicode.Scalar, or other: Unicode.Scalar? = nil) -> Bool {
        guard let next, next == UInt8(ascii: character) || other.map({ next == UInt8(ascii: $0) }) == true else {
            return false
        }
        place += 1
        return true
    }

    /// Reads the digits after a point; none without a point, nil for a point without digits.
    mutating func fraction() -> [UInt8]? {
        guard skip(".") else { return [] }
        let digits = digits(atMost: bytes.count)
        return digits.isEmpty ? nil : digits
    }

    /// Reads `Z` or `±hh:mm`, in seconds.
    mutating func offset() -> Int64? {
        if skip("Z", or: "z") { return 0 }
        let sign: Int64 = next == UInt8(ascii: "-") ? -1 : 1
        guard skip("+", or: "-"), let hours = number(2), skip(":"), let minutes = number(2), hours < 24, minutes < 60
        else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }

    private mutating func digits(atMost count: Int) -> [UInt8] {
        var digits: [UInt8] = []
        while digits.count < count, let next, (0x30...0x39).contains(next) {
            digits.append(next - 0x30)
            place += 1
        }
        return digits
    }
}
