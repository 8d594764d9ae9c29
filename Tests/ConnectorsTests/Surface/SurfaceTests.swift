import Foundation
import Testing

@testable import Connectors

/// The tables of the surfaces are sound in themselves, and their words are JSON whatever is said.
struct SurfaceTests {
    private static let causes: [Fault.Cause] = [
        .notJSON, .required, .null(.text), .blank, .notA(.text, received: "null"), .notA(.boolean, received: nil),
        .notA(.number, received: nil), .notA(.integer, received: "float"), .notA(.list, received: nil),
        .notA(.object, received: nil), .notA(.time, received: nil), .tooShort(2), .tooLong(3), .notAnEmail,
        .notADomain, .notASlug, .notAUUID, .notLike("a\"b"),
        .notOneOf(["a"], given: "\"\\\u{1}"), .tooSmall(1), .tooBig(2), .unreadable, .repeated, .excludes("b"),
        .unknownReference("\"\\\n"), .taken,
        .limitReached("contacts"),
    ]
    private static let others: [(Refusal, Int)] = [
        (.missingKey, 401), (.invalidKey, 401), (.revokedKey, 401), (.readOnlyKey, 403),
        (.missingWorkspace(header: "x"), 400),
        (.foreignWorkspace, 403), (.otherMode, 403), (.notFound("Contact"), 404), (.noSuchPage, 404),
        (.repetition(isUnderWay: false), 409), (.repetition(isUnderWay: true), 409), (.routeNotFound, 404),
        (.methodNotAllowed, 405), (.contentTooLarge, 413), (.objectTooLarge, 413), (.contentEncoded, 415),
        (.rateLimited(seconds: 1), 429),
        (.positionAheadOfLog, 412), (.unavailable(.database), 503), (.unavailable(.standby), 503),
        (.unavailable(.readModel), 503), (.unavailable(.backlog), 503), (.failed, 500),
    ]

    private func object(_ text: String) -> [String: Any]? {
        try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    }

    @Test(arguments: Surface.all.map(\.system.rawValue)) func everyRefusalIsWorded(system: String) throws {
        let dialect = try #require(Surface.all.first { $0.system.rawValue == system }).dialect
        for (refusal, status) in Self.others {
            #expect(dialect.status(of: refusal) == status)
            #expect(object(dialect.body(of: refusal))?.isEmpty == false)
        }
        for cause in Self.causes {
            for (place, name) in [(Fault.Place.body, "a\"b"), (.query, "limit"), (.header, "h"), (.body, nil)] {
                let refusal = Refusal.invalid([Fault(place, name, cause), Fault(place, "other", cause)])
                #expect([400, 422].contains(dialect.status(of: refusal)))
                #expect(object(dialect.body(of: refusal))?.isEmpty == false)
            }
            #expect(object(dialect.body(of: .conflict(Fault(.body, nil, cause))))?.isEmpty == false)
        }
    }

    @Test(arguments: Surface.all.map(\.system.rawValue)) func everyTemplateIsAnObject(system: String) throws {
        let surface = try #require(Surface.all.first { $0.system.rawValue == system })
        for operation in surface.operations {
            let template = try #require(object(operation.kind.template))
            #expect(template["id"] is NSNull)
            #expect(template.count == operation.kind.members.count)
            #expect(Set(operation.attributes.map(\.name)).count == operation.attributes.count)
        }
    }

    /// The document of the API passes over what is no JSON.
    @Test func everySchemaIsAnObject() {
        for surface in Surface.all {
            let forms = surface.operations.flatMap(\.attributes).map(\.form.schema)
            let members = surface.page.map(\.schema).filter { !$0.isEmpty }
            for schema in forms + members { #expect(object(schema)?.isEmpty == false, "\(schema)") }
            #expect(surface.page.count { $0.schema.isEmpty } == 1)
        }
    }

    @Test func everyOperationIsThereOnce() {
        for surface in Surface.all {
            let names = surface.operations.map { "\($0.method) \($0.path)" }
            #expect(Set(names).count == names.count)
            #expect(surface.operations.allSatisfy { $0.writes == ($0.method != "GET") })
        }
    }

    @Test(arguments: [
        ("/ruddr/api/workspace", "ruddr"), ("//ruddr/api/workspace/contacts", "ruddr"), ("/stuut/v9", "stuut"),
        ("/piriod/contacts/", "piriod"), ("/ruddr/api", nil), ("/stuutgart", nil), ("/api/v1/me", "pivotal"),
        ("/v1/people", nil), ("/", nil),
    ])
    func pathsBelongToSurfaces(path: String, system: String?) {
        #expect(Surface.at(path)?.system.rawValue == system)
    }

    @Test(arguments: [
        ("B27FD363-b75e-4ed1-af08-0b05119ea6b1", "b27fd363-b75e-4ed1-af08-0b05119ea6b1"), ("b27fd363", nil), ("", nil),
        ("b27fd363-b75e-4ed1-af08-0b05119ea6bg", nil), ("b27fd363b75e-4ed1-af08-0b05-119ea6b1", nil),
    ])
    func uuidsAreRecognised(text: String, canonical: String?) {
        #expect(TextForm.uuid(text) == canonical)
    }
}
