import Foundation
import Testing

/// Events of all four vendors, interleaved, shuffled and repeated, with writes of all in between, give the tables that a rebuild and
/// a plain fold of the log give, and the people that those tables hold.
@Suite(.timeLimit(.minutes(10)))
struct VendorPropertyTests {
    @Test(arguments: UInt64(1)...6) func tablesEqualARebuildAndAPlainFold(seed: UInt64) async throws {
        try await QueryServer.withWriter { server, writer in
            var history = VendorHistory(seed: seed)
            var written: Set<String> = []
            var deeds = 0
            // On until each surface has taken a write.
            while deeds < 90 || (written.count < 4 && deeds < 900) {
                deeds += 1
                switch history.next() {
                case .deliveries(let deliveries): try await server.append(deliveries)
                case .step(let limit): try await server.project(limit: limit)
                case .write(let method, let path, let body):
                    let scheme = path.hasPrefix("/piriod") ? "Token" : "Bearer"
                    let headers = [("Authorization", "\(scheme) \(writer.key)"), ("x-simple-workspace", "acme")]
                    var reply = try await server.send(path, method: method, headers: headers, body: body)
                    // A command that waited too long for a lock is to be sent again.
                    while reply.status == 503 {
                        reply = try await server.send(path, method: method, headers: headers, body: body)
                    }
                    #expect(
                        [200, 201, 204, 400, 404, 409, 422].contains(reply.status),
                        "seed \(seed): \(method) \(path) \(reply.status)"
                    )
                    if reply.status < 300 { written.insert(String(path.split(separator: "/")[0])) }
                    if method == "POST" { history.note(reply, of: path) }
                }
            }
            #expect(try await server.differencesFromRebuild() == [], "seed \(seed)")
            let rows = try await server.vendorRows()
            let expected = VendorFold.rows(try await server.vendorLog())
            for key in Set(rows.keys).union(expected.keys).sorted() {
                #expect(rows[key] == expected[key], "seed \(seed): \(key)")
            }
            #expect(Set(expected.keys.map(\.system)).count == 4, "seed \(seed)")
            #expect(written == ["api", "piriod", "stuut", "ruddr"], "seed \(seed)")
            for livemode in [true, false] {
                let people = try await people(of: server, livemode: livemode)
                #expect(people == Self.people(expected, livemode: livemode), "seed \(seed)")
            }
        }
    }

    /// Whose documents are whose, by address, as the rows say.
    private static func people(
        _ rows: [VendorFold.Key: VendorFold.Row],
        livemode: Bool
    ) -> [String: Set<String>] {
        var people: [String: Set<String>] = [:]
        for (key, row) in rows where ["contact", "internal_contact"].contains(key.table) && key.livemode == livemode {
            guard row.deletedAt == nil, let email = row.document["email"]?.text else { continue }
            people[email.lowercased(), default: []].insert("\(key.system)/\(key.entityType)/\(key.entityID)")
        }
        return people
    }

    /// The same as `/v1/people` tells it, page by page.
    private func people(of server: QueryServer, livemode: Bool) async throws -> [String: Set<String>] {
        let key = try await server.makeKey(livemode: livemode).text
        var people: [String: Set<String>] = [:]
        var cursor: String?
        repeat {
            let next = cursor.map { "&cursor=\($0.replacing("@", with: "%40"))" } ?? ""
            let reply = try await server.send("/v1/people?limit=2\(next)", key: key)
            for person in reply.json["data"]?.elements ?? [] {
                let documents = (person["documents"]?.elements ?? []).map { document in
                    ["system", "entity_type", "entity_id"].map { document[$0]?.text ?? "" }.joined(separator: "/")
                }
                people[person["email"]?.text ?? ""] = Set(documents)
            }
            cursor = reply.json["next_cursor"]?.text
        } while cursor != nil && people.count < 100
        return people
    }
}
