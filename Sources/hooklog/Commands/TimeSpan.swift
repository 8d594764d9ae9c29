import ArgumentParser

/// A length of time on the command line: a number and s, m, h or d, or a bare 0.
struct TimeSpan: ExpressibleByArgument, Hashable, CustomStringConvertible {
    /// The length.
    let duration: Duration

    /// Takes a whole number of seconds.
    init(_ duration: Duration) {
        self.duration = duration
    }

    init?(argument: String) {
        if argument == "0" {
            self.init(.zero)
            return
        }
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = argument.last.flatMap({ units[$0] }), let count = UInt32(argument.dropLast()) else {
            return nil
        }
        self.init(.seconds(Int64(count) * unit))
    }

    /// The length in the largest unit that fits without a remainder.
    var description: String {
        let seconds = duration.components.seconds
        for (name, unit) in [("d", 86_400), ("h", 3600), ("m", 60)] as [(String, Int64)]
        where seconds > unit && seconds.isMultiple(of: unit) {
            return "\(seconds / unit)\(name)"
        }
        return "\(seconds)s"
    }

    var defaultValueDescription: String { description }
}
