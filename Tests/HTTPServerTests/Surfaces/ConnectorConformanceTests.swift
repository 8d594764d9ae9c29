import Connectors
import EventLog
import HTTPServer
import Postgres
import Testing

/// Every connector that has a surface does all that its table says, by what the table says alone: whoever adds one and leaves
/// out a part (its kinds, its lists, a rule's answer, its columns in the directory) is told here.
@Suite(.timeLimit(.minutes(10)))
struct ConnectorConformanceTests {
    private static let systems = Surface.all.map(\.system.rawValue)

    @Test(arguments: systems) func kindsAreKept(system: String) async throws {
        let surface = try #require(Surface.all.first { $0.system.rawValue == system })
        try await QueryServer.with { server in
            for kind in Set(surface.operations.map(\.kind.entityType)) {
                let kept = try await server.texts("SELECT read_model FROM hooklog.surface_kind('\(system)', '\(kind)')")
                #expect(kept.count == 1, "\(kind)")
                let read = try await server.texts("SELECT '\(kind)' = ANY (hooklog.entity_types('\(system)'))")
                #expect(read == ["true"], "\(kind)")
            }
            #expect(try await server.texts("SELECT hooklog.reads_system('\(system)')") == ["true"])
        }
    }

    @Test func thinEventsAreFetched() async throws {
        try await QueryServer.with { server in
            for connector in Connector.all {
                let isThin = try await server.texts("SELECT hooklog.has_thin_events('\(connector.name)')")
                #expect(isThin == ["\(connector.sender.isThin)"], "\(connector.name)")
                #expect((connector.objects != nil) == connector.sender.isThin, "\(connector.name)")
            }
        }
    }

    @Test(arguments: systems) func objectsGoTheirWholeWay(system: String) async throws {
        let surface = try #require(Surface.all.first { $0.system.rawValue == system })
        try await QueryServer.with { server in
            var client = ConformingClient(
                server: server,
                surface: surface,
                key: try await server.makeKey(scope: .write).text
            )
            let creations = surface.operations.filter(\.creates)
            #expect(!creations.isEmpty)
            for creation in creations { try await client.make(creation) }
            for creation in creations.reversed() { try await client.delete(creation) }
            #expect(try await server.differencesFromRebuild() == [])
            try await Self.expectEventsToSayWhatIsRecorded(in: server)
        }
    }

    /// What a write records of its events beside their bodies is what the connector reads in the bodies.
    private static func expectEventsToSayWhatIsRecorded(in server: QueryServer) async throws {
        let events = PostgresStatement(
            name: "recorded",
            sql: """
                SELECT system, event_id, delivery_id, type, entity_type, entity_id, occurred_at, livemode, body
                FROM hooklog.event
                """
        )
        let rows = try await server.pool.query(events).rows
        #expect(!rows.isEmpty)
        for row in rows {
            let sender = try Senders.known.sender(ConnectorName(rawValue: row["system"]))
            let fields = sender.envelope.fields(of: try row["body"], headers: "{}")
            let (id, type, entityType): (String, String, String) = (
                try row["event_id"], try row["type"], try row["entity_type"]
            )
            #expect(fields.id ?? id == id && fields.type == type && fields.entityType == entityType)
            #expect(try fields.id != nil || row["delivery_id", as: String?.self] == id)
            #expect(try fields.entityID == row["entity_id", as: String?.self])
            #expect(try fields.time == row["occurred_at", as: PostgresTimestamp.self])
            #expect(try fields.livemode == row["livemode", as: Bool.self])
        }
    }
}

/// A client that knows of a surface only what its table says.
private struct ConformingClient {
    let server: QueryServer
    let surface: Surface
    let key: String
    /// The ids of the objects that were made, by kind, and by the operation that made them.
    private var ids: [String: String] = [:]
    private var made: [String: String] = [:]

    init(server: QueryServer, surface: Surface, key: String) {
        self.server = server
        self.surface = surface
        self.key = key
    }

    /// Makes an object, then reads, lists and changes it where the surface can.
    mutating func make(_ creation: SurfaceOperation) async throws {
        let reply = try await send(creation, id: nil, body: body(creation.attributes))
        #expect(reply.status == creation.status, "\(creation.path) \(reply.text)")
        let id = try #require(reply.json["id"]?.identifier, "\(creation.path) \(reply.text)")
        ids[creation.kind.entityType] = id
        made[creation.path] = id
        if let reading = operation(creation, "GET") {
            let read = try await send(reading, id: id)
            #expect(read.status == 200 && read.json["id"] == reply.json["id"], "\(reading.path) \(read.text)")
        }
        if let list = surface.operations.first(where: { $0.isList && $0.path == creation.path }) {
            let member = try #require(surface.page.first { $0.schema.isEmpty }).name
            let page = try await send(list, id: nil)
            let listed = page.json[member]?.elements.compactMap { $0["id"]?.identifier } ?? []
            let isOwn = list.kind.entityType == creation.kind.entityType
            #expect(!isOwn || listed.contains(id), "\(list.path) \(page.text)")
        }
        for change in surface.operations where change.writes && change.hasBody && !change.creates {
            guard isOfObject(change, creation) else { continue }
            let reply = try await send(change, id: id, body: change.isWhole ? body(change.attributes) : "{}")
            #expect(reply.status == change.status, "\(change.method) \(change.path) \(reply.text)")
        }
    }

    /// Deletes what an operation made, where the surface can; it is gone then.
    func delete(_ creation: SurfaceOperation) async throws {
        guard let deletion = operation(creation, "DELETE"), let id = made[creation.path] else { return }
        let reply = try await send(deletion, id: id)
        #expect(reply.status == deletion.status, "\(deletion.path) \(reply.text)")
        guard let reading = operation(creation, "GET") else { return }
        #expect(try await send(reading, id: id).status == 404, "\(reading.path)")
    }

    /// Whether an operation is about the object that a creation makes.
    private func isOfObject(_ operation: SurfaceOperation, _ creation: SurfaceOperation) -> Bool {
        operation.kind.entityType == creation.kind.entityType && !operation.isList && operation.path.hasSuffix("}")
            && (operation.parent == nil || operation.path.hasPrefix(creation.path))
    }

    private func operation(_ creation: SurfaceOperation, _ method: String) -> SurfaceOperation? {
        surface.operations.first { $0.method == method && isOfObject($0, creation) }
    }

    private func send(_ operation: SurfaceOperation, id: String?, body: String? = nil) async throws -> QueryReply {
        let parent = operation.parent.flatMap { ids[$0.kind.entityType] }
        let path = operation.path.replacing("{child}", with: id ?? "").replacing("{id}", with: parent ?? id ?? "")
        let access = surface.access
        var headers = [("Authorization", "\(access.scheme) \(key)")]
        if let name = access.workspaceHeader { headers.append((name, "acme")) }
        return try await server.send(surface.prefix + path, method: operation.method, headers: headers, body: body)
    }

    /// What must be said of a new object, and its name and address if it has such.
    private func body(_ attributes: [Attribute]) -> String {
        let members = attributes.filter { $0.isRequired || ["name", "email"].contains($0.name) }.map { attribute in
            "\"\(attribute.name)\":\(value(attribute))"
        }
        return "{\(members.joined(separator: ","))}"
    }

    private func value(_ attribute: Attribute) -> String {
        let known = ids[attribute.name] ?? ids[String(attribute.name.dropLast("_id".count))]
        if let known { return "\"\(known)\"" }
        let schema = DocumentNode(json: attribute.form.schema)
        if let word = schema?["enum"]?.elements.first { return word.compact }
        if attribute.name.contains("email") { return "\"a\(ids.count)@example.com\"" }
        // A country, the only form of its own that something required has.
        if schema?["pattern"] == "^[A-Z]{2}$" { return "\"CL\"" }
        return switch schema?["type"]?.text {
        case "integer", "number": "1"
        case "boolean": "true"
        case "array": "[]"
        case "object": "{}"
        default: "\"Name \(ids.count)\""
        }
    }
}
