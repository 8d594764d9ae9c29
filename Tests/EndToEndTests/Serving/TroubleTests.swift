import AsyncHTTPClient
import Foundation
import Testing

/// What senders get, `/readyz` and `doctor` agree when the database is in trouble, and when it is well again.
@Suite(.timeLimit(.minutes(10)))
struct TroubleTests {
    private func delivery(_ number: Int, to workspace: DemoWorkspace, in hooklog: ServedHooklog) async throws -> Int {
        let sender = try SignedSender(url: hooklog.url + workspace.path, secret: workspace.secret)
        let body = #"{"id":"evt_\#(number)","type":"customer.updated","data":{"object":{"id":"cus_1"}}}"#
        return try await sender.deliver(body, deliveryID: "msg_\(number)").status
    }

    private func readiness(of hooklog: ServedHooklog) async throws -> String {
        try await hooklog.adminPage("/readyz")
    }

    @Test func readOnlyDatabaseIsNotReady() async throws {
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            #expect(try await delivery(1, to: workspace, in: hooklog) == 202)
            #expect(try await hooklog.run("doctor").status == 0)
            _ = try await hooklog.query("ALTER SYSTEM SET default_transaction_read_only = on")
            _ = try await hooklog.query("SELECT pg_reload_conf()")
            try await OtherProcess.wait(for: "a refusal") { try await delivery(2, to: workspace, in: hooklog) == 503 }
            try await OtherProcess.wait(for: "both probes to tell it") {
                let report = try await readiness(of: hooklog)
                return ["\"appends\":\"not_ready\"", "\"log\":\"not_ready\""].allSatisfy(report.contains)
            }
            let doctor = try await hooklog.run("doctor")
            #expect(doctor.status == 1)
            #expect(doctor.output.contains("senders get 503"), "\(doctor.output)")
            _ = try await hooklog.query("BEGIN READ WRITE; ROLLBACK")
            _ = try await hooklog.query("ALTER SYSTEM RESET default_transaction_read_only")
            _ = try await hooklog.query("SELECT pg_reload_conf()")
            try await OtherProcess.wait(for: "a delivery") { try await delivery(2, to: workspace, in: hooklog) == 202 }
            try await hooklog.waitUntilReady()
        }
    }

    @Test func lostMonthIsNotReady() async throws {
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            #expect(try await delivery(1, to: workspace, in: hooklog) == 202)
            let name = try await hooklog.query("SELECT 'event_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM')")
            _ = try await hooklog.query("ALTER TABLE hooklog.event DETACH PARTITION hooklog.\(name)")
            #expect(try await delivery(2, to: workspace, in: hooklog) == 503)
            try await OtherProcess.wait(for: "the probe to tell it") {
                try await readiness(of: hooklog).contains("\"log\":\"not_ready\"")
            }
            let metrics = try await hooklog.adminPage("/metrics")
            #expect(metrics.contains("hooklog_log_partition_months_ahead -1"))
            _ = try await hooklog.query("ALTER TABLE hooklog.\(name) RENAME TO lost")
            _ = try await hooklog.run("migrate")
            #expect(try await delivery(1, to: workspace, in: hooklog) == 503, "a duplicate of what is lost")
            #expect(try await delivery(2, to: workspace, in: hooklog) == 503)
            let doctor = try await hooklog.run("doctor")
            #expect(doctor.status == 1)
            #expect(doctor.output.contains("the log of workspace acme ends at position 0"), "\(doctor.output)")
            #expect(try await hooklog.query("SELECT count(*) FROM hooklog.event") == "0")
        }
    }
}
