import Foundation

/// What people see of an event in a list.
struct EventLine: Decodable, Hashable {
    let position: Int64
    let receivedAt: String
    let type: String
    let system: String
    let entityType: String?
    let entityId: String?
    let id: String
    let payloadNote: String?

    /// Reads an event's JSON.
    init(_ json: String) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(EventLine.self, from: Data(json.utf8))
    }

    /// The table of several.
    static func table(_ lines: [EventLine]) -> Table {
        Table(
            [.number("POSITION"), "RECEIVED", "TYPE", "ENTITY", "EVENT", "NOTE"],
            rows: lines.map {
                [String($0.position), $0.receivedAt, $0.type, $0.entity, $0.id, $0.payloadNote ?? ""]
            },
            emptyText: "There is no such event. Send one with `hooklog send`, or look at `hooklog rejected list`."
        )
    }

    /// The event on a line of its own.
    var text: String {
        let fields = [String(position), receivedAt, type, entity, id, payloadNote]
        return Table.printable(fields.compactMap(\.self).joined(separator: "  "))
    }

    private var entity: String { [system, entityType, entityId].compactMap(\.self).joined(separator: "/") }
}
