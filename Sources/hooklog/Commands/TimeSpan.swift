import ArgumentParser

/// A length of time on the command line: a number and s, m, h or d, or a bare 0.
struct TimeSpan {
    /// The length, in whole seconds.
    let duration: Duration
    /// The length as it is written.
    let description: String
}

extension TimeSpan: ExpressibleByArgument, CustomStringConvertible {
    init?(argument: String) {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let text = argument == "0" ? "0s" : argument
        guard let unit = text.last.flatMap({ units[$0] }), let count = UInt32(text.dropLast()) else { return nil }
        self.init(duration: .seconds(Int64(count) * unit), description: argument)
    }
}
