import EventLog

/// Reads the events of a workspace that fit a filter, page after page.
struct EventCursor: Sendable {
    /// The wait between two looks at a log that has not grown.
    static let pollInterval = Duration.milliseconds(500)

    let reader: EventReader
    let workspace: WorkspaceID
    let filter: EventFilter

    /// Events and where they end.
    struct Page: Sendable {
        /// The events, each as its JSON text.
        var events: [String] = []
        /// Every event up to here was looked at.
        var nextAfter: Position
        /// The head when the last of them was read.
        var head: Position

        /// The page as one JSON object.
        var json: String {
            "{\"events\":[\(events.joined(separator: ","))],\"head\":\(head),\"next_after\":\(nextAfter)}"
        }
    }

    /// Returns up to `limit` events, reading past positions that do not fit.
    func page(after: Position, limit: Int) async throws -> Page {
        var result = Page(nextAfter: after, head: after)
        repeat {
            let page = try await reader.page(
                of: workspace,
                filter,
                after: result.nextAfter,
                limit: limit - result.events.count
            )
            result.events += JSONElements.split(page.events)
            result.head = page.head
            guard page.nextAfter > result.nextAfter else { return result }
            result.nextAfter = page.nextAfter
        } while result.events.count < limit && result.nextAfter < result.head
        return result
    }

    /// Hands the JSON of every event to `body`, then waits for more, until the task is cancelled or `body` throws.
    func follow(after: Position, _ body: (String) throws -> Void) async throws {
        var position = after
        while true {
            let page = try await page(after: position, limit: 1000)
            try page.events.forEach(body)
            position = page.nextAfter
            guard page.nextAfter >= page.head else { continue }
            try await ContinuousClock().sleep(for: Self.pollInterval)
        }
    }
}
