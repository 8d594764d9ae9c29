import EventLog
import Foundation
import Testing

/// A client of a vendor's surface, with a key and the header fields that the vendor asks for.
struct VendorClient: Sendable {
    let server: QueryServer
    /// Where the paths begin.
    let prefix: String
    var key: String
    /// Goes with every request, the key's included.
    var headers: [(String, String)]

    /// Runs `body` with a server and a client of Ruddr's surface that may write.
    static func withRuddr(_ body: @escaping @Sendable (VendorClient) async throws -> Void) async throws {
        try await with("/ruddr/api/workspace/", { [("Authorization", "Bearer \($0)")] }, body)
    }

    /// Likewise of Stuut's.
    static func withStuut(_ body: @escaping @Sendable (VendorClient) async throws -> Void) async throws {
        try await with("/stuut/", { [("Authorization", "Bearer \($0)")] }, body)
    }

    /// Likewise of Piriod's.
    static func withPiriod(_ body: @escaping @Sendable (VendorClient) async throws -> Void) async throws {
        try await with("/piriod/", { [("Authorization", "Token \($0)"), ("x-simple-workspace", "acme")] }, body)
    }

    /// Likewise of the surface of a vendor by its name.
    static func with(
        _ system: String,
        _ body: @escaping @Sendable (VendorClient) async throws -> Void
    ) async throws {
        switch system {
        case "ruddr": try await withRuddr(body)
        case "stuut": try await withStuut(body)
        default: try await withPiriod(body)
        }
    }

    private static func with(
        _ prefix: String,
        _ headers: @escaping @Sendable (String) -> [(String, String)],
        _ body: @escaping @Sendable (VendorClient) async throws -> Void
    ) async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey(scope: .write).text
            try await body(VendorClient(server: server, prefix: prefix, key: key, headers: headers(key)))
        }
    }

    /// Sends a request to a path below the surface's.
    func send(
        _ method: String,
        _ path: String,
        _ body: String? = nil,
        more: [(String, String)] = []
    ) async throws -> QueryReply {
        try await server.send(prefix + path, method: method, headers: headers + more, body: body)
    }

    func get(_ path: String) async throws -> QueryReply { try await send("GET", path) }
    func post(_ path: String, _ body: String) async throws -> QueryReply { try await send("POST", path, body) }
    func patch(_ path: String, _ body: String) async throws -> QueryReply { try await send("PATCH", path, body) }
    func delete(_ path: String) async throws -> QueryReply { try await send("DELETE", path) }

    /// Makes an object and returns its id, as text.
    func make(_ path: String, _ body: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> String
    {
        let reply = try await post(path, body)
        return try #require(reply.json["id"]?.identifier, "\(reply.text)", sourceLocation: sourceLocation)
    }

    /// The client with another `Authorization`.
    func authorized(_ value: String?) -> VendorClient {
        var other = self
        other.headers.removeAll { $0.0 == "Authorization" }
        if let value { other.headers.append(("Authorization", value)) }
        return other
    }

    /// The ids of a list's objects.
    func ids(_ path: String) async throws -> [String] {
        let list = try await get(path).json
        return (list["results"] ?? list["data"])?.elements.compactMap { $0["id"]?.identifier } ?? []
    }
}

extension JSONValue {
    /// An id, whether it is written as text or as a number.
    var identifier: String? {
        if case .number(let number) = self { String(Int64(number)) } else { text }
    }

    /// The one text of a list.
    var only: String? { elements.count == 1 ? elements[0].text : nil }
}

extension QueryServer {
    /// Appends deliveries of a vendor's, each with an id of its own, and projects them.
    func deliver(_ system: String, _ bodies: [String]) async throws {
        try await append(bodies.map { VendorDelivery(system: system, id: "msg_\(UUID().uuidString)", body: $0) })
        try await project()
    }
}
