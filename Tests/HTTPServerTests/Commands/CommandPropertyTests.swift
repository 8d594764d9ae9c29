import Foundation
import Testing

/// Random histories of commands and webhooks, with times in any order, give the tables that a rebuild gives.
@Suite(.timeLimit(.minutes(10)))
struct CommandPropertyTests {
    @Test(arguments: [UInt64(1), 2, 3]) func randomHistoriesEqualARebuild(seed: UInt64) async throws {
        try await QueryServer.withWriter { server, writer in
            var history = RandomHistory(seed: seed)
            for _ in 0..<120 {
                switch history.next() {
                case .webhooks(let events): try await server.appendOnly(events)
                case .step: try await server.project()
                case .write(let method, let path, let body):
                    let reply = try await server.send("/api/v1/\(path)", key: writer.key, method: method, body: body)
                    #expect(
                        [200, 201, 404, 409].contains(reply.status),
                        "seed \(seed): \(method) \(path) \(reply.text)"
                    )
                    guard reply.status < 300 else { continue }
                    history.note(reply, of: path)
                    guard method != "DELETE", let id = reply.json["id"]?.text else { continue }
                    // An accepted write shows at once, whatever the vendor's events say of the future.
                    let given = try JSONDecoder().decode(JSONValue.self, from: Data((body ?? "").utf8))
                    for name in given.names {
                        #expect(reply.json[name] == given[name], "seed \(seed): \(method) \(path) \(name)")
                    }
                    let kind = try #require(
                        path.split(separator: "/").first { RandomHistory.kinds.contains(String($0)) }
                    )
                    let collection = path.hasSuffix("/contacts") ? "contacts" : String(kind)
                    #expect(try await writer.get("\(collection)/\(id)").text == reply.text, "seed \(seed)")
                }
            }
            #expect(try await server.differencesFromRebuild() == [], "seed \(seed)")
            // A vendor's own events may break the rules, and may bring back what was deleted.
            let repeated = try await server.texts(
                """
                SELECT c.email FROM hooklog.contact AS c
                WHERE c.deleted_at IS NULL AND NOT EXISTS (
                    SELECT FROM hooklog.event AS e
                    WHERE e.entity_type = 'contact' AND e.entity_id = c.entity_id AND e.source_id <> 0)
                GROUP BY c.customer_id, c.email HAVING count(*) > 1
                """
            )
            #expect(repeated == [], "seed \(seed)")
        }
    }
}

/// Makes up what clients and the vendor do.
private struct RandomHistory {
    enum Deed {
        case webhooks([PivotalEvent])
        case step
        case write(method: String, path: String, body: String?)
    }

    static let kinds: Set<String> = ["customers", "contacts", "onboardings"]

    private var generator: LinearGenerator
    private var events = 0
    private var ids: [String: [String]] = [
        "customers": ["cus_1", "cus_2"], "contacts": ["con_1", "con_2"], "onboardings": ["onb_1"],
    ]

    init(seed: UInt64) {
        generator = LinearGenerator(state: seed)
    }

    /// Remembers what a write made.
    mutating func note(_ reply: QueryReply, of path: String) {
        guard reply.status == 201, let id = reply.json["id"]?.text, let kind = path.split(separator: "/").last else {
            return
        }
        ids[String(kind), default: []].append(id)
    }

    mutating func next() -> Deed {
        switch Int.random(in: 0..<10, using: &generator) {
        case 0...2: .webhooks((0..<Int.random(in: 1...4, using: &generator)).map { _ in webhook() })
        case 3: .step
        default: write()
        }
    }

    private mutating func pick(_ values: [String]) -> String {
        values.randomElement(using: &generator) ?? ""
    }

    private mutating func id(_ kind: String) -> String { pick(ids[kind] ?? []) }

    /// An event whose time is anywhere from a minute ago to four minutes ahead.
    private mutating func webhook() -> PivotalEvent {
        events += 1
        let (kind, collection) =
            [("customer", "customers"), ("contact", "contacts"), ("onboarding", "onboardings")]
            .randomElement(using: &generator) ?? ("contact", "contacts")
        var members = [#""id":"\#(id(collection))""#]
        for name in ["name", "title", "plan", "notes", "phase", "state"] where Bool.random(using: &generator) {
            members.append(#""\#(name)":"\#(pick(["a", "b", "c"]))""#)
        }
        if kind != "customer" { members.append(#""customer_id":"\#(id("customers"))""#) }
        if Bool.random(using: &generator) { members.append(#""is_primary":\#(Bool.random(using: &generator))"#) }
        if Bool.random(using: &generator) {
            members.append(#""display_id":\#(Int.random(in: 1...90, using: &generator))"#)
        }
        var event = PivotalEvent(
            id: "evt_\(events)",
            type: "\(kind).\(pick(["created", "updated", "updated", "deleted"]))",
            object: members.joined(separator: ",")
        )
        let time = Date.now.addingTimeInterval(Double.random(in: -60...240, using: &generator))
        event.createdAt = time.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        return event
    }

    private mutating func write() -> Deed {
        let email = "e\(Int.random(in: 0..<12, using: &generator))@x.io"
        let flag = Bool.random(using: &generator)
        switch Int.random(in: 0..<10, using: &generator) {
        case 0, 1:
            return .write(method: "POST", path: "customers", body: #"{"name":"N \#(pick(["1", "2", "3", "4"]))"}"#)
        case 2, 3:
            let body = #"{"name":"N","email":"\#(email)","is_primary":\#(flag)}"#
            return .write(method: "POST", path: "customers/\(id("customers"))/contacts", body: body)
        case 4: return .write(method: "POST", path: "onboardings", body: #"{"customer_id":"\#(id("customers"))"}"#)
        case 5:
            let status = pick(["active", "churned", "at_risk"])
            return .write(method: "PATCH", path: "customers/\(id("customers"))", body: #"{"status":"\#(status)"}"#)
        case 6, 7:
            let body = #"{"email":"\#(email)","is_primary":\#(flag),"title":"\#(pick(["x", "y"]))"}"#
            return .write(method: "PATCH", path: "contacts/\(id("contacts"))", body: body)
        case 8:
            let body =
                #"{"phase":"\#(pick(["review", "launch", "completed"]))","state":"\#(pick(["waiting", "active"]))"}"#
            return .write(method: "PATCH", path: "onboardings/\(id("onboardings"))", body: body)
        default:
            let kind = pick(Self.kinds.sorted())
            return .write(method: "DELETE", path: "\(kind)/\(id(kind))", body: nil)
        }
    }
}

/// Random numbers that a seed repeats.
private struct LinearGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        return mixed ^ (mixed >> 27)
    }
}
