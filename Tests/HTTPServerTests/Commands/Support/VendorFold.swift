import Foundation

/// The read models of all four vendors in plain Swift: what the log's bodies add up to.
struct VendorFold {
    /// Whose row it is.
    struct Key: Hashable, Comparable, CustomStringConvertible {
        let table: String
        let livemode: Bool
        let system: String
        let entityType: String
        let entityID: String

        var description: String { "\(table) \(livemode) \(system)/\(entityType) \(entityID)" }

        static func < (left: Key, right: Key) -> Bool { left.description < right.description }
    }

    /// What a row holds; times in microseconds.
    struct Row: Hashable {
        let document: [String: JSONValue]
        /// Those that are taken from the document and that lists, people and rules go by.
        let columns: [String: JSONValue]
        let createdAt: Int64
        let updatedAt: Int64
        let deletedAt: Int64?
        let firstPosition: Int64
        let position: Int64
    }

    /// An event as the log has it.
    struct Event: Decodable {
        let position: Int64
        let system: String
        let livemode: Bool
        /// In microseconds since 1970: when it says it happened, or when it came.
        let occurred_at: Int64
        let payload: JSONValue?
    }

    private static let tables = [
        "pivotal/customer": "customer", "piriod/customer": "customer", "stuut/partner": "customer",
        "ruddr/client": "customer", "pivotal/contact": "contact", "piriod/contact": "contact",
        "stuut/partner_contact": "contact", "ruddr/contact": "contact", "pivotal/onboarding": "onboarding",
        "stuut/internal_contact": "internal_contact",
        "stuut/internal_contact_assignment": "internal_contact_assignment",
        "piriod/orgunit": "org_unit", "ruddr/company": "company", "ruddr/contact_tag": "contact_tag",
    ]

    /// The columns that are compared, at their table.
    static let columns = [
        "contact": ["name", "email", "customer_id"], "customer": ["name"], "onboarding": ["name", "customer_id"],
        "internal_contact": ["name", "email"], "internal_contact_assignment": ["partner_id", "internal_contact_id"],
        "org_unit": ["name", "customer_id"], "company": ["name"], "contact_tag": ["name"],
    ]

    /// The rows that a log's events add up to.
    static func rows(_ log: [Event]) -> [Key: Row] {
        var histories: [Key: [(at: Int64, position: Int64, document: [String: JSONValue], deletes: Bool)]] = [:]
        for event in log {
            guard let payload = event.payload, let (key, document, type) = read(event, payload) else { continue }
            histories[key, default: []].append(
                (event.occurred_at, event.position, document, type.hasSuffix(".deleted"))
            )
        }
        let rows = histories.compactMap { key, history -> (Key, Row)? in
            let ordered = history.sorted { ($0.at, $0.position) < ($1.at, $1.position) }
            guard let first = ordered.first, let last = ordered.last else { return nil }
            let document: [String: JSONValue] = ordered.reduce(into: [:]) { $0.merge($1.document) { $1 } }
            let row = Row(
                document: document,
                columns: columns(of: key, document),
                createdAt: first.at,
                updatedAt: last.at,
                deletedAt: last.deletes ? last.at : nil,
                firstPosition: first.position,
                position: last.position
            )
            return (key, row)
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private static func columns(of key: Key, _ document: [String: JSONValue]) -> [String: JSONValue] {
        let values = (columns[key.table] ?? []).map { column -> (String, JSONValue) in
            let value: String? =
                switch column {
                case "name": name(of: key, document)
                case "email": document["email"]?.text?.lowercased()
                case "customer_id": reference(customerKey(key.system), document)
                case "internal_contact_id":
                    document["internal_contact"]?["id"]?.identifier ?? document["internal_contact_id"]?.identifier
                default: document[column]?.identifier
                }
            return (column, value.flatMap { $0.isEmpty ? nil : .string($0) } ?? .null)
        }
        return Dictionary(uniqueKeysWithValues: values)
    }

    private static func customerKey(_ system: String) -> String {
        ["piriod": "customer", "stuut": "partner_id"][system] ?? "customer_id"
    }

    /// An id under a name, or that of the object which stands there.
    private static func reference(_ name: String, _ document: [String: JSONValue]) -> String? {
        document[name]?.identifier ?? document[name]?["id"]?.identifier
    }

    private static func name(of key: Key, _ document: [String: JSONValue]) -> String? {
        let parts = ["stuut": ["given_name", "family_name"], "ruddr": ["firstName", "lastName"]][key.system]
        let name = document["name"]?.text
        guard let parts, ["contact", "internal_contact"].contains(key.table) else { return name }
        if let name, !name.isEmpty { return name }
        return parts.compactMap { document[$0]?.text }.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private static func read(_ event: Event, _ payload: JSONValue) -> (Key, [String: JSONValue], String)? {
        let type = payload[event.system == "piriod" ? "event" : "type"]?.text ?? ""
        let object = event.system == "pivotal" ? payload["data"]?["object"] : payload["data"]
        guard case .object(let document)? = object, let dot = type.lastIndex(of: ".") else { return nil }
        let entityType = String(type[..<dot])
        guard let table = tables["\(event.system)/\(entityType)"] else { return nil }
        guard let id = (event.system == "piriod" ? payload["object_id"] : document["id"])?.identifier else {
            return nil
        }
        let key = Key(
            table: table,
            livemode: payload["livemode"] != .bool(false),
            system: event.system,
            entityType: entityType,
            entityID: id
        )
        return (key, document, type)
    }
}

extension QueryServer {
    /// The log as the fold in Swift takes it.
    func vendorLog() async throws -> [VendorFold.Event] {
        try await decode(
            """
            SELECT json_build_object(
                'position', position, 'system', system, 'livemode', livemode,
                'occurred_at', (extract(epoch FROM coalesce(occurred_at, received_at)) * 1000000)::bigint,
                'payload', payload)
            FROM hooklog.event ORDER BY position
            """
        )
    }

    /// The rows of every table that the vendors' objects are in.
    func vendorRows() async throws -> [VendorFold.Key: VendorFold.Row] {
        struct Stored: Decodable {
            let livemode: Bool
            let system, entity_type, entity_id: String
            let document, columns: [String: JSONValue]
            let created, updated: Int64
            let deleted: Int64?
            let first_position, position: Int64
        }
        var rows: [VendorFold.Key: VendorFold.Row] = [:]
        for (table, columns) in VendorFold.columns {
            let listed = columns.map { "'\($0)', \($0)" }.joined(separator: ", ")
            let stored: [Stored] = try await decode(
                """
                SELECT json_build_object(
                    'livemode', livemode, 'system', system, 'entity_type', entity_type, 'entity_id', entity_id,
                    'document', document, 'columns', json_build_object(\(listed)),
                    'created', (extract(epoch FROM created_at) * 1000000)::bigint,
                    'updated', (extract(epoch FROM updated_at) * 1000000)::bigint,
                    'deleted', (extract(epoch FROM deleted_at) * 1000000)::bigint,
                    'first_position', first_position, 'position', position)
                FROM hooklog.\(table)
                """
            )
            for row in stored {
                let key = VendorFold.Key(
                    table: table,
                    livemode: row.livemode,
                    system: row.system,
                    entityType: row.entity_type,
                    entityID: row.entity_id
                )
                rows[key] = VendorFold.Row(
                    document: row.document,
                    columns: row.columns,
                    createdAt: row.created,
                    updatedAt: row.updated,
                    deletedAt: row.deleted,
                    firstPosition: row.first_position,
                    position: row.position
                )
            }
        }
        return rows
    }

    private func decode<Value: Decodable>(_ sql: String) async throws -> [Value] {
        try await texts(sql).map { try JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
    }
}
