import Foundation
import Testing

/// What a newcomer does in the first five minutes, with the built binary.
@Suite(.timeLimit(.minutes(10)))
struct FirstRunTests {
    @Test func signedEventBecomesAnAnsweredCustomer() async throws {
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            let event = #"""
                {"id":"evt_{{uuid}}","type":"customer.created","created_at":"{{now}}","livemode":true,"data":{"object":
                {"id":"cus_1","display_id":42,"name":"Acme","health_score":72}}}
                """#
            let sent = try await hooklog.run(
                "send",
                "--source",
                workspace.sourceID,
                "--url",
                hooklog.url,
                "--file",
                "-",
                input: event
            )
            #expect(sent.status == 0, "\(sent.errors)")
            let (status, body) = try await hooklog.get(
                "/api/v1/customers/42",
                key: workspace.key,
                headers: ["Hooklog-Min-Position": "1"]
            )
            #expect(status == 200, "\(body)")
            #expect(body.contains("Acme"))
            #expect(try await hooklog.query("SELECT name FROM hooklog.customer") == "Acme")
        }
    }

    @Test func everyMetricIsExplained() async throws {
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            let sender = try SignedSender(url: hooklog.url + workspace.path, secret: workspace.secret)
            let answer = try await sender.deliver(SampleEvents.contact(1, series: "a"), deliveryID: "msg_1")
            #expect(answer.status == 202)
            let helps = try await hooklog.adminPage("/metrics")
                .split(separator: "\n").filter { $0.hasPrefix("# HELP ") }.map { $0.split(separator: " ") }
            for name in [
                "hooklog_webhook_deliveries_total", "hooklog_append_duration_seconds", "hooklog_append_queue_depth",
            ] {
                #expect(helps.contains { $0[2] == name }, "\(name) is missing")
            }
            for help in helps { #expect(help.count > 4, "\(help[2]) is not explained") }
        }
    }

    @Test func dataOutlivesARestart() async throws {
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            let sender = try SignedSender(url: hooklog.url + workspace.path, secret: workspace.secret)
            let answer = try await sender.deliver(SampleEvents.contact(1, series: "a"), deliveryID: "msg_1")
            #expect(answer.status == 202)
            let status = try await hooklog.stop()
            #expect(status == 0)
            try await hooklog.start()
            let again = try await sender.deliver(SampleEvents.contact(1, series: "a"), deliveryID: "msg_1")
            #expect(again.status == 202)
            #expect(again.body.contains(#""duplicate""#))
            try await LogChecks.expectSound(hooklog, events: 1)
        }
    }

    @Test func gracefulStopFinishesWhatWasAccepted() async throws {
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            let sender = try SignedSender(url: hooklog.url + workspace.path, secret: workspace.secret)
            let load = SenderLoad()
            try await withThrowingTaskGroup { group in
                for lane in 0..<8 { group.addTask { await load.run(lane: lane, sender: sender) } }
                try await load.waitForAcknowledgements(200)
                let status = try await hooklog.stop(with: SIGTERM)
                #expect(status == 0)
                try await hooklog.start()
                load.finish()
                try await group.waitForAll()
            }
            try await LogChecks.expectSound(hooklog)
        }
    }

    @Test func commandsWorkWhileNobodyServes() async throws {
        try await ServedHooklog.with { hooklog in
            _ = try await DemoWorkspace.make(in: hooklog)
            try await hooklog.stop()
            #expect(try await hooklog.query("SELECT slug FROM hooklog.workspace") == "acme")
            try await hooklog.start()
        }
    }

    @Test func twoProcessesServeOneDirectory() async throws {
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            let second = try SecondProcess(beside: hooklog)
            defer { second.stop() }
            let sender = try SignedSender(url: second.url + workspace.path, secret: workspace.secret)
            let accepted = await sender.deliverUntilAccepted(
                SampleEvents.contact(1, series: "b"),
                deliveryID: "msg_1",
                deadline: .now + .seconds(60)
            )
            #expect(accepted)
            let (status, body) = try await hooklog.get("/v1/events", key: workspace.key)
            #expect(status == 200)
            #expect(body.contains("evt_b_1"))
        }
    }
}
