import AsyncHTTPClient
import Foundation
import NIOCore
import Testing
import WebhookSignatures

/// A thin event becomes the fetched customer, whatever happens to the vendor's API and to Hooklog meanwhile.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct FetchTests {
    private struct MadeSource: Decodable {
        let source_id: String
        let path: String
        let secret: String
    }

    /// Makes a workspace with a source that fetches from an address.
    private func makeSource(_ hooklog: ServedHooklog, fetchingFrom url: String) async throws -> MadeSource {
        _ = try await hooklog.output(of: "workspace", "create", "acme", "--name", "Acme")
        let made = try await hooklog.output(
            of: "source",
            "create",
            "--connector",
            "piriod",
            "--fetch-url",
            url,
            "--fetch-workspace",
            "acc_1",
            "--fetch-token-file",
            "-",
            "--json",
            input: "sk_test_1\n"
        )
        return try JSONDecoder().decode(MadeSource.self, from: Data(made.utf8))
    }

    /// Delivers a thin event as Piriod does; returns the status.
    private func notify(_ event: String, _ id: String, _ source: MadeSource, _ hooklog: ServedHooklog) async throws {
        let body = Array(#"{"event": "\#(event)", "object_id": "\#(id)"}"#.utf8)
        let secret = try SigningSecret(source.secret, for: .piriod)
        let headers = try WebhookSigner(scheme: .piriod, secrets: [secret]).sign(body: body, timestamp: 1)
        var request = HTTPClientRequest(url: hooklog.url + source.path)
        request.method = .POST
        for field in headers.fields { request.headers.add(name: field.name, value: field.value) }
        request.body = .bytes(body)
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(15))
        #expect(response.status == .accepted)
        _ = try await response.body.collect(upTo: 1 << 16)
    }

    /// Long enough for a lease of a killed service and the longest wait of an object, one after the other.
    private func wait(for expectation: String, until isDone: () async throws -> Bool) async throws {
        try await OtherProcess.wait(for: expectation, within: .seconds(120), until: isDone)
    }

    @Test func thinEventsBecomeCustomersThroughFailuresAndKills() async throws {
        try await FakePiriod.with { piriod, url in
            try await ServedHooklog.with { hooklog in
                let source = try await makeSource(hooklog, fetchingFrom: url + "/")
                try await notify("customer.created", "cus_0", source, hooklog)
                try await wait(for: "the first object") {
                    try await hooklog.query("SELECT name FROM hooklog.customer") == "first"
                }

                let wrong = try await hooklog.run("source", "fetch", source.source_id, "--fetch-token", "sk_wrong")
                #expect(wrong.status == 1)
                #expect(wrong.errors.contains("--unchecked"))
                let elsewhere = try await hooklog.run(
                    "source",
                    "fetch",
                    source.source_id,
                    "--unchecked",
                    "--fetch-url",
                    "http://127.0.0.1:9"
                )
                #expect(elsewhere.status == 1)
                #expect(elsewhere.errors.contains("token"))
                _ = try await hooklog.output(of: "source", "fetch", source.source_id, "--fetch-live-mode")
                #expect(try await hooklog.run("doctor").output.contains("it opens the secrets of all 2 in use"))

                await piriod.become(.failing)
                for number in 1...10 { try await notify("customer.created", "cus_\(number)", source, hooklog) }
                try await wait(for: "requests while the API fails") { await piriod.asked.count >= 4 }
                await hooklog.crash()
                try await hooklog.start()
                for number in 11...20 { try await notify("customer.created", "cus_\(number)", source, hooklog) }
                let shown = try await hooklog.output(of: "source", "show", source.source_id)
                #expect(shown.contains("Problem"))
                #expect(!shown.contains("sk_test_1"))

                await piriod.become(.slow)
                let asked = await piriod.asked.count
                try await wait(for: "requests of the next service") { await piriod.asked.count > asked }
                await hooklog.crash()
                try await hooklog.start()
                await piriod.become(.well)
                try await wait(for: "every object") {
                    try await hooklog.query("SELECT count(*) FROM hooklog.customer") == "21"
                }

                await piriod.rename("cus_1", "second")
                await piriod.delete("cus_2")
                for id in ["cus_1", "cus_2", "cus_1"] { try await notify("customer.updated", id, source, hooklog) }
                try await wait(for: "the newest names") {
                    try await hooklog.query(
                        """
                        SELECT count(*) FROM hooklog.customer
                        WHERE (entity_id = 'cus_1' AND name = 'second') OR (entity_id = 'cus_2' AND deleted_at IS NOT NULL)
                        """
                    ) == "2"
                }
                let notifications = "SELECT count(*) FROM hooklog.event WHERE entity_type = 'notification'"
                #expect(try await hooklog.query(notifications) == "24")
                try await wait(for: "nothing to be left to fetch") {
                    try await hooklog.query("SELECT count(*) FROM hooklog.fetch") == "0"
                }
                let done = try await hooklog.output(of: "source", "show", source.source_id)
                #expect(done.contains("nothing waits"))
                try await LogChecks.expectSound(hooklog)
            }
        }
    }
}
