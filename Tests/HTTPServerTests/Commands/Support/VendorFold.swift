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

    /// What a row holds besides the columns taken from its document; times in microseconds.
    struct Row: Hashable {
        let document: [String: JSONValue]
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

    /// The rows that a log's events add up to.
    static func rows(_ log: [Event]) -> [Key: Row] {
        var histories: [Key: [(at: Int64, position: Int64, document: [String: JSONValue], deletes: Bool)]] = [:]
        for event in log {
            guard let payload = event.payload, let (key, document, type) = read(event, payload) else { continue }
            histories[key, default: []].append(
                (event.occurred_at, event.position, document, type.hasSuffix(".deleted"))
            )
        }
        return histories.compactMapValues { history in
            let ordered = history.sorted { ($0.at, $0.position) < ($1.at, $1.position) }
            guard let first = ordered.first, let last = ordered.last else { return nil }
            return Row(
                document: ordered.reduce(into: [:]) { $0.merge($1.document) { $1 } },
                createdAt: first.at,
                updatedAt: last.at,
                deletedAt: last.deletes ? last.at : nil,
                firstPosition: first.position,
                position: last.position
            )
        }
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
            let document: [String: JSONValue]
            let created, updated: Int64
            let deleted: Int64?
            let first_position, position: Int64
        }
        var rows: [VendorFold.Key: VendorFold.Row] = [:]
        for table in [
            "contact", "customer", "onboarding", "internal_contact", "internal_contact_assignment", "org_unit",
            "company",
            "contact_tag",
        ] {
            let stored: [Stored] = try await decode(
                """
                SELECT json_build_object(
                    'livemode', livemode, 'system', system, 'entity_type', entity_type, 'entity_id', entity_id,
                    'document', document, 'created', (extract(epoch FROM created_at) * 1000000)::bigint,
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
