import ArgumentParser

/// A header on the command line: `Name: value`.
struct HeaderArgument: ExpressibleByArgument, Hashable {
    let name: String
    let value: String

    /// Reads the text up to the first colon as the name; spaces around the value do not count.
    init?(argument: String) {
        guard let colon = argument.firstIndex(of: ":"), colon != argument.startIndex else { return nil }
        name = String(argument[..<colon])
        let rest = argument[argument.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        value = String(rest.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
