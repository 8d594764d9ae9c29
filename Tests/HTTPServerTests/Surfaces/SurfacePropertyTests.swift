import Foundation
import PostgresTesting
import Seeding
import Testing

/// Random histories of the three vendors' writes and deliveries, interleaved, give the tables that a rebuild gives.
@Suite(.timeLimit(.minutes(10)))
struct SurfacePropertyTests {
    @Test(arguments: [UInt64(1), 2, 3]) func randomHistoriesEqualARebuild(seed: UInt64) async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey(scope: .write).text
            var history = SurfaceHistory(seed: seed)
            for _ in 0..<150 {
                guard let request = history.next() else {
                    let (system, body) = history.delivery()
                    try await server.deliver(system, [body])
                    continue
                }
                let headers = [
                    ("Authorization", request.path.hasPrefix("/piriod") ? "Token \(key)" : "Bearer \(key)"),
                    ("x-simple-workspace", "acme"),
                ]
                let reply = try await server.send(
                    request.path,
                    method: request.method,
                    headers: headers,
                    body: request.body
                )
                #expect([200, 201, 204, 400, 404, 409].contains(reply.status), "\(request) \(reply.text)")
                history.note(reply, of: request)
                guard reply.status == 200, request.method == "PATCH" else { continue }
                let given = try JSONDecoder().decode(JSONValue.self, from: Data((request.body ?? "").utf8))
                for name in given.names where reply.json[name] != nil {
                    #expect(reply.json[name] == given[name], "\(request) \(reply.text)")
                }
                #expect(try await server.send(request.path, headers: headers).text == reply.text, "\(request)")
            }
            #expect(try await server.differencesFromRebuild() == [], "seed \(seed)")
        }
    }
}

/// Makes up what clients and vendors do.
private struct SurfaceHistory {
    struct Request {
        let method: String
        let path: String
        let body: String?
    }

    /// Where objects of a kind are, what events call them, and what a new one says.
    private static let kinds = [
        ("/ruddr/api/workspace/contacts", "ruddr", "contact", #""name":"N","email":"E""#),
        ("/ruddr/api/workspace/clients", "ruddr", "client", #""name":"N""#),
        ("/ruddr/api/workspace/companies", "ruddr", "company", #""name":"N""#),
        ("/ruddr/api/workspace/contact-tags", "ruddr", "contact_tag", #""name":"N""#),
        ("/stuut/v1/partners", "stuut", "partner", #""name":"N""#),
        ("/stuut/v2/internal-contacts", "stuut", "internal_contact", #""email":"E","internal_role":"csm""#),
        ("/piriod/customers", "piriod", "customer", #""name":"N","country":"CL""#),
        ("/piriod/contacts", "piriod", "contact", #""name":"N","email":"E""#),
    ]

    private var generator: SeededGenerator
    private var ids: [String: [String]] = [:]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// The next request; nil when it is the vendor's turn.
    mutating func next() -> Request? {
        let (path, _, _, members) = kind()
        let body = "{\(filled(members))}"
        guard let id = ids[path]?.randomElement(using: &generator) else {
            return Request(method: "POST", path: path, body: body)
        }
        switch Int.random(in: 0..<10, using: &generator) {
        case 0...2: return Request(method: "POST", path: path, body: body)
        case 3...5 where !path.contains("/v1/"):
            return Request(method: "PATCH", path: "\(path)/\(id)", body: #"{"name":"\#(word())"}"#)
        case 6: return Request(method: "DELETE", path: "\(path)/\(id)", body: nil)
        default: return nil
        }
    }

    /// Remembers what a request made.
    mutating func note(_ reply: QueryReply, of request: Request) {
        guard request.method == "POST", reply.status < 300 else { return }
        guard let id = (reply.json["internal_contact"]?["id"] ?? reply.json["id"])?.identifier else { return }
        ids[request.path, default: []].append(id)
    }

    /// An event whose time is anywhere from a minute ago to four minutes ahead.
    mutating func delivery() -> (system: String, body: String) {
        let (path, system, type, members) = kind()
        let id = ids[path]?.randomElement(using: &generator) ?? UUID().uuidString.lowercased()
        if ids[path]?.contains(id) != true { ids[path, default: []].append(id) }
        let time = Date.now.addingTimeInterval(Double.random(in: -60...240, using: &generator))
        let at = time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let event = type + [".created", ".updated", ".deleted"][Int.random(in: 0..<3, using: &generator)]
        let data = #"{"id":"\#(id)",\#(filled(members))}"#
        return system == "piriod"
            ? (system, #"{"event":"\#(event)","object_id":"\#(id)","occurred_at":"\#(at)","data":\#(data)}"#)
            : (system, #"{"type":"\#(event)","timestamp":"\#(at)","data":\#(data)}"#)
    }

    private mutating func kind() -> (String, String, String, String) {
        Self.kinds[Int.random(in: 0..<Self.kinds.count, using: &generator)]
    }

    private mutating func word() -> String { "w\(Int.random(in: 0..<5, using: &generator))" }

    private mutating func filled(_ members: String) -> String {
        members.replacing("\"N\"", with: "\"\(word())\"").replacing("\"E\"", with: "\"\(word())@x.io\"")
    }
}
