import Foundation
import Testing

@testable import Connectors

struct WriteBodyTests {
    private static let attributes = [
        ObjectMember("name", .text(most: 3, mayBeBlank: false), isRequired: true),
        ObjectMember("note", .text(), .clears),
        ObjectMember("tags", .texts, .clears, usual: "[]"),
        ObjectMember("email", .email(), .ignored),
        ObjectMember("owner", .reference, .clears, writtenAs: "ownerId"),
        ObjectMember("count", .integer),
        ObjectMember("size", .number),
        ObjectMember("data", .object),
    ].compactMap(\.attribute)

    private func read(_ body: String, isWhole: Bool = false, blank: Bool = false) throws(Refusal) -> String {
        try WriteBody.read(Array(body.utf8), Self.attributes, isWhole: isWhole, readsEmptyTextAsNull: blank)
    }

    private func causes(_ body: String, isWhole: Bool = false, blank: Bool = false) -> [String?: Fault.Cause] {
        do throws(Refusal) {
            _ = try read(body, isWhole: isWhole, blank: blank)
            return [:]
        } catch {
            guard case .invalid(let faults) = error else { return [:] }
            return Dictionary(faults.map { ($0.name, $0.cause) }, uniquingKeysWith: { $1 })
        }
    }

    @Test(arguments: [
        ("{}", "{}"), (#"{"other":1}"#, "{}"),
        (#"{"note":null,"tags":null,"email":null}"#, #"{"note":null,"tags":[]}"#),
        (#"{"ownerId":"o","name":"é\"n"}"#, #"{"name":"é\"n","owner":{"id":"o","name":null}}"#),
        (#"{"ownerId":7}"#, #"{"owner":{"id":7,"name":null}}"#),
        (#"{"count":1e2,"size":1.50}"#, #"{"count":100,"size":1.50}"#),
        (#"{"data":{"b":[1,{"c":null}],"a":true}}"#, #"{"data":{"a":true,"b":[1,{"c":null}]}}"#),
        (#"{"email":"A@x.io"}"#, #"{"email":"A@x.io"}"#),
    ])
    func takesWhatItKnows(body: String, attributes: String) throws {
        #expect(try read(body) == attributes)
    }

    @Test func gathersEveryFault() {
        let body = #"{"name":"long","note":7,"tags":["a",1],"email":"x","ownerId":[],"count":1.5,"size":"1","data":[]}"#
        #expect(
            causes(body) == [
                "name": .tooLong(3), "note": .notA(.text, received: "number"), "tags": .notA(.text, received: "number"),
                "email": .notAnEmail,
                "ownerId": .notA(.text, received: "array"), "count": .notA(.integer, received: "float"),
                "size": .notA(.number, received: "string"), "data": .notA(.object, received: "array"),
            ]
        )
    }

    @Test func wholeBodyNeedsWhatIsRequired() {
        #expect(causes("{}", isWhole: true) == ["name": .required])
        #expect(causes(#"{"name":null}"#) == ["name": .null(.text)])
        #expect(causes(#"{"name":"  "}"#) == ["name": .blank])
        #expect(causes("{}").isEmpty)
    }

    @Test func emptyTextMayMeanNull() throws {
        #expect(try read(#"{"note":" \t"}"#, blank: true) == #"{"note":null}"#)
        #expect(try read(#"{"note":" "}"#) == #"{"note":" "}"#)
        #expect(causes(#"{"name":""}"#, blank: true) == ["name": .null(.text)])
    }

    @Test(arguments: ["", "{", "nul", "{}{}", "\u{0}"]) func whatIsNotJSONIsOneFault(body: String) {
        #expect(causes(body) == [nil: .notJSON])
    }

    @Test(arguments: [
        "{\"note\":\"\\u0000\"}", #"{"data":{"a":1e999}}"#, #"{"data":{"a":1e-999}}"#, #"{"size":1e400}"#,
        "{\"data\":{\"\\u0000\":1}}", "{\"tags\":[\"\\u0000\"]}",
    ])
    func whatCannotBeKeptIsRefused(body: String) {
        #expect(causes(body).count == 1)
    }
}
