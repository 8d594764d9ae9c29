import EventLog

/// A line with its number in the whole import, from 1.
struct NumberedLine: Sendable, Hashable {
    let number: Int
    let line: ImportLine
}
