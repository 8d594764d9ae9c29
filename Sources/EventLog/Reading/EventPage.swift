/// One bounded read of a log.
package struct EventPage: Sendable {
    /// The events by position, as a JSON array in UTF-8.
    package let events: [UInt8]
    /// The number of events.
    package let count: Int
    /// Where the next page begins: every event up to here was looked at.
    package let nextAfter: Position
    /// The head when the page was read; the reader has caught up when ``nextAfter`` is it.
    package let head: Position
}
