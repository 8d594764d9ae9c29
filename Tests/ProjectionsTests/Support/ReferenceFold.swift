/// The fold in plain Swift, written without a look at the SQL: sort, merge, render.
enum ReferenceFold {
    private struct Key: Hashable, Comparable {
        let livemode: Bool
        let entity: String

        static func < (left: Key, right: Key) -> Bool {
            (left.livemode ? 1 : 0, left.entity) < (right.livemode ? 1 : 0, right.entity)
        }
    }

    /// The rows of the contacts in a log that holds the events in this order.
    static func rows(_ log: [ContactEvent]) -> [String] {
        var histories: [Key: [(position: Int, event: ContactEvent)]] = [:]
        for (index, event) in log.enumerated() {
            histories[Key(livemode: event.livemode, entity: event.entity), default: []].append((index + 1, event))
        }
        return histories.sorted { $0.key < $1.key }.map { key, history in row(key, history) }
    }

    private static func place(of item: (position: Int, event: ContactEvent)) -> (Int, Int, Int) {
        (item.event.second, item.event.sequence ?? .max, item.position)
    }

    private static func row(_ key: Key, _ history: [(position: Int, event: ContactEvent)]) -> String {
        let ordered = history.sorted { place(of: $0) < place(of: $1) }
        guard let first = ordered.first, let last = ordered.last else { return "" }
        let isOutgrown = DocumentRoom.isOutgrown(by: ordered.map(\.event), entity: key.entity)
        var document: [String: String] = [:]
        for item in isOutgrown ? [last] : ordered { document.merge(item.event.members) { $1 } }
        document["id"] = "\"\(key.entity)\""
        let pairs = document.sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }
            .map { "\"\($0.key)\": \($0.value)" }
        let text = "{\(pairs.joined(separator: ", "))}"
        let deleted = last.event.action == .deleted ? "\(last.event.second)" : "-"
        return [
            "\(key.livemode)", key.entity, text, "\(first.event.second)", "\(last.event.second)", deleted,
            "\(first.position)", "\(last.position)", "\(isOutgrown)",
        ].joined(separator: "|")
    }

    /// The query whose rows ``rows(_:)`` must equal.
    static func query(table: String, workspace: Int64) -> String {
        let epoch = "extract(epoch FROM timestamptz '2026-03-01 00:00:00+00')"
        return """
            SELECT livemode, entity_id, document::text, (extract(epoch FROM created_at) - \(epoch))::bigint,
                (extract(epoch FROM updated_at) - \(epoch))::bigint,
                coalesce(((extract(epoch FROM deleted_at) - \(epoch))::bigint)::text, '-'), first_position, position,
                outgrown
            FROM \(table) WHERE workspace_id = \(workspace) ORDER BY livemode, entity_id
            """
    }
}

/// The room of a document, told without a look at the SQL: 256 KiB, of which a member takes what its name and the largest
/// value that it ever had take, and 512 bytes at least.
enum DocumentRoom {
    static func isOutgrown(by events: [ContactEvent], entity: String) -> Bool {
        var sizes = ["id": size("id", "\"\(entity)\"")]
        for event in events {
            for (name, value) in event.members { sizes[name] = max(sizes[name] ?? 0, size(name, value)) }
        }
        return sizes.values.reduce(0) { $0 + max(512, $1) } > 262_144
    }

    /// A text's letters and twelve bytes around them; other values are small.
    private static func size(_ name: String, _ value: String) -> Int {
        name.utf8.count + (value.hasPrefix("\"") ? value.utf8.count - 2 + 12 : 24)
    }
}
