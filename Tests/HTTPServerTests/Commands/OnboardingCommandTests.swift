import Foundation
import Testing

/// The rules of onboardings: defaults, phases, states, the times that follow from them.
@Suite(.timeLimit(.minutes(10)))
struct OnboardingCommandTests {
    private static let defaults: [String: JSONValue] = [
        "object": "onboarding", "template_id": nil, "phase": "before_getting_started", "state": "active",
        "started_at": nil, "completed_at": nil, "target_launch_date": nil, "csm_id": nil, "se_id": nil,
        "designer_id": nil, "product_ops_id": nil, "notes": nil, "name": nil, "waiting_on_customer": false,
        "reminders_enabled": true, "reminder_frequency_days": 1,
    ]

    @Test func customerIsEnough() async throws {
        try await QueryServer.withWriter { _, writer in
            let customer = try await writer.customer()
            for (number, reference) in ["1", "\"1\"", "\"\(customer)\""].enumerated() {
                let reply = try await writer.post("onboardings", #"{"customer_id":\#(reference)}"#)
                #expect(reply.status == 201)
                let created = reply.json["created_at"] ?? .null
                let varying: [String: JSONValue] = [
                    "id": reply.json["id"] ?? .null, "display_id": .number(Double(number + 1)),
                    "customer_id": .string(customer), "created_at": created, "updated_at": created,
                ]
                #expect(reply.json == JSONValue.object(Self.defaults).merging(varying))
                #expect(try await writer.get("onboardings/\(number + 1)").text == reply.text)
            }
            #expect(try await writer.get("customers/1/onboardings").ids.count == 3)
        }
    }

    @Test func everyAttributeIsKept() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            let body = #"""
                {"customer_id":1,"template_id":"t","phase":"review","state":"paused","csm_id":"a","se_id":"b",\#
                "target_launch_date":"2026-07-15T11:00:00+02:00","designer_id":"c","product_ops_id":"d","notes":"n",\#
                "name":"Q3","waiting_on_customer":true,"reminders_enabled":false,"reminder_frequency_days":7}
                """#
            let created = try await writer.post("onboardings", body)
            #expect(created.status == 201)
            #expect(created.json["target_launch_date"] == "2026-07-15T09:00:00.000Z")
            #expect(created.json["started_at"] == created.json["created_at"])
            #expect(created.json["reminder_frequency_days"] == 7)
            #expect(created.json["waiting_on_customer"] == true)
            let changed = try await writer.patch(
                "onboardings/1",
                #"{"target_launch_date":"2026-08-01","notes":null,"name":"Q4","reminders_enabled":true}"#
            )
            #expect(changed.json["target_launch_date"] == "2026-08-01T00:00:00.000Z")
            #expect(changed.json["notes"] == .null)
            #expect(changed.json["csm_id"] == "a")
            #expect(changed.json["started_at"] == created.json["started_at"])
            #expect(try await server.differencesFromRebuild() == [])
        }
    }

    @Test func phasesAreToldAndTimed() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            _ = try await writer.post("onboardings", #"{"customer_id":1}"#)
            let started = try await writer.patch("onboardings/1", #"{"phase":"program_design"}"#)
            #expect(started.json["started_at"] == started.json["updated_at"])
            let launched = try await writer.patch("onboardings/1", #"{"phase":"launch","notes":"soon"}"#)
            #expect(launched.json["started_at"] == started.json["started_at"])
            #expect(launched.json["completed_at"] == .null)
            let completed = try await writer.patch("onboardings/1", #"{"phase":"completed"}"#)
            #expect(completed.json["completed_at"] == completed.json["updated_at"])
            let reopened = try await writer.patch("onboardings/1", #"{"phase":"review"}"#)
            #expect(reopened.json["completed_at"] == .null)
            let facts = try await server.texts(
                """
                SELECT concat_ws(
                    ' ', type, (payload #> '{data,previous_attributes}') - ARRAY['started_at', 'completed_at'])
                FROM hooklog.event WHERE position > 2 ORDER BY position
                """
            )
            #expect(
                facts == [
                    #"onboarding.phase_changed {"phase": "before_getting_started"}"#,
                    #"onboarding.phase_changed {"phase": "program_design"}"#,
                    #"onboarding.launched {"phase": "program_design"}"#,
                    #"onboarding.updated {"notes": null}"#,
                    #"onboarding.phase_changed {"phase": "launch"}"#,
                    #"onboarding.completed {"phase": "launch"}"#,
                    #"onboarding.phase_changed {"phase": "completed"}"#,
                ]
            )
            #expect(try await server.differencesFromRebuild() == [])
        }
    }

    @Test func waitingIsAStateAndAFlag() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            _ = try await writer.post("onboardings", #"{"customer_id":1}"#)
            let steps: [(body: String, state: String, waiting: Bool)] = [
                (#"{"state":"waiting"}"#, "waiting", true),
                (#"{"state":"active"}"#, "active", false),
                (#"{"waiting_on_customer":true}"#, "active", true),
                (#"{"state":"paused"}"#, "paused", true),
                (#"{"waiting_on_customer":false,"state":"waiting"}"#, "waiting", true),
                (#"{"waiting_on_customer":false}"#, "active", false),
                (#"{"state":"at_risk"}"#, "at_risk", false),
                (#"{"state":"blocked"}"#, "blocked", false),
            ]
            for step in steps {
                let reply = try await writer.patch("onboardings/1", step.body)
                #expect(reply.json["state"] == .string(step.state), "\(step.body)")
                #expect(reply.json["waiting_on_customer"] == .bool(step.waiting), "\(step.body)")
                let found = try await writer.get("onboardings?state=waiting").ids.count
                #expect(found == (step.waiting ? 1 : 0), "\(step.body)")
            }
            #expect(
                try await server.eventTypes().dropFirst(2) == [
                    "onboarding.state_changed", "onboarding.state_changed", "onboarding.updated",
                    "onboarding.state_changed", "onboarding.state_changed", "onboarding.state_changed",
                    "onboarding.state_changed", "onboarding.at_risk", "onboarding.state_changed",
                    "onboarding.back_on_track",
                ]
            )
            #expect(try await server.differencesFromRebuild() == [])
        }
    }

    @Test func deletionIsAnsweredAlikeEachTime() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            _ = try await writer.post("onboardings", #"{"customer_id":1}"#)
            let reply = try await writer.delete("onboardings/1")
            #expect(reply.json["object"] == "deleted")
            #expect(reply.json["deleted"] == true)
            #expect(try await writer.delete("onboardings/1").text == reply.text)
            #expect(try await writer.get("onboardings/1").code == "onboarding_not_found")
            #expect(try await writer.patch("onboardings/1", #"{"phase":"launch"}"#).code == "onboarding_not_found")
            #expect(try await server.differencesFromRebuild() == [])
        }
    }

    @Test func vendorsOwnWordsCanBeLeft() async throws {
        try await QueryServer.withWriter { server, writer in
            try await server.append([
                .customer("cus_1", 1),
                .child("onboarding", "onb_1", 1, of: "cus_1", more: #","phase":"go_live","state":"frozen""#),
            ])
            let reply = try await writer.patch("onboardings/onb_1", #"{"phase":"launch","state":"active"}"#)
            #expect(reply.json["phase"] == "launch")
            #expect(reply.json["state"] == "active")
            #expect(try await server.differencesFromRebuild() == [])
        }
    }
}
