import Foundation
import Logging
import Testing

@testable import hooklog

@Suite("Output")
struct OutputTests {
    @Test("Columns are aligned, numbers to the right, without spaces at the end")
    func tableIsAligned() {
        let table = Table(
            ["NAME", .number("COUNT"), "STATE"],
            rows: [["a", "5", "ok"], ["longer", "12345678", ""]],
            emptyText: "none"
        )
        #expect(table.text() == "NAME       COUNT  STATE\na              5  ok\nlonger  12345678")
    }

    @Test("An empty table is a sentence with the next step")
    func emptyTable() {
        #expect(Table(["A"], rows: [], emptyText: "There is none.").text(emphasisesHeadings: true) == "There is none.")
    }

    @Test("Headings are set off on a terminal only")
    func headingsOnTerminal() {
        let table = Table(["A"], rows: [["b"]], emptyText: "")
        #expect(table.text(emphasisesHeadings: true) == "\u{1B}[1mA\u{1B}[0m\nb")
        #expect(!table.text().contains("\u{1B}"))
    }

    @Test("Foreign data cannot command the terminal")
    func controlCharactersAreReplaced() {
        let text = Table(["A"], rows: [["x\u{1B}[2J\ny\u{202E}"]], emptyText: "").text()
        #expect(text == "A\nx\u{FFFD}[2J\u{FFFD}y\u{FFFD}")
    }

    @Test("Letters with several scalars count once")
    func widthsCountCharacters() {
        let table = Table(["A", "B"], rows: [["e\u{301}", "x"], ["abc", "y"]], emptyText: "")
        #expect(table.text() == "A    B\ne\u{301}    x\nabc  y")
    }

    @Test("JSON has names in snake case and times in RFC 3339")
    func jsonShape() throws {
        struct Sample: Encodable {
            let sourceID: String
            let createdAt: Date
            let path: String
        }
        let sample = Sample(sourceID: "s", createdAt: Date(timeIntervalSince1970: 1.25), path: "/a/b")
        let text = try JSONLine.text(of: sample)
        #expect(text == #"{"created_at":"1970-01-01T00:00:01.250Z","path":"/a/b","source_id":"s"}"#)
    }

    @Test("An object leaves out what is nil, and prints times in it as elsewhere")
    func jsonObject() throws {
        let (number, absent): (Int64?, Date?) = (7, nil)
        let inner: JSONObject = ["made_at": Date(timeIntervalSince1970: 1.25), "gone_at": absent]
        let object: JSONObject = ["source_id": "s", "number": number, "objects": [inner], "counts": ["aB": 1]]
        let expected =
            #"{"counts":{"aB":1},"number":7,"objects":[{"made_at":"1970-01-01T00:00:01.250Z"}],"source_id":"s"}"#
        #expect(try JSONLine.text(of: object) == expected)
    }

    @Test("The shapes that scripts rely on")
    func promisedShapes() throws {
        let projection = Status.Projection(
            name: "directory",
            position: 4,
            lag: 5,
            lagSeconds: 1.5,
            deadLetters: 2,
            state: "live"
        )
        let status = Status(workspaces: [
            Status.Workspace(slug: "acme", head: 9, lastReceivedAt: nil, projections: [projection]),
            Status.Workspace(slug: "other", head: 0, lastReceivedAt: nil, projections: []),
        ])
        let expected =
            #"{"dead_letters":2,"lag":5,"lag_seconds":1.5,"name":"directory","position":4,"state":"live"}"#
        #expect(
            try JSONLine.text(of: status) == #"{"workspaces":[{"head":9,"projections":[\#(expected)],"slug":"acme"},"#
                + #"{"head":0,"projections":[],"slug":"other"}]}"#
        )
        let lines = status.table.text().split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[1] == "acme          9  directory          4    5     1 s             2  live")
        #expect(lines[2].hasSuffix("none"))
    }

    @Test(
        "Lengths of time in words",
        arguments: [
            (Duration.milliseconds(12), "12 ms"), (.seconds(59), "59 s"), (.seconds(61), "1 min 1 s"),
            (.seconds(3660), "1 h 1 min"), (.seconds(90_000), "1 d 1 h"), (.seconds(-5), "0 ms"),
        ]
    )
    func durationInWords(_ duration: Duration, _ text: String) {
        #expect(Moment.text(of: duration) == text)
    }

    @Test("An array is taken apart without touching its elements")
    func jsonElements() {
        let array = #" [ {"a":[1,2],"b":"],\"{"} , 1.0e400,"x,y",[],null ] "#
        #expect(
            JSONElements.split(Array(array.utf8)) == [#"{"a":[1,2],"b":"],\"{"}"#, "1.0e400", #""x,y""#, "[]", "null"]
        )
        #expect(JSONElements.split(Array("[]".utf8)).isEmpty)
        #expect(JSONElements.split(Array("[{\"a\":\n1}\n]".utf8)) == [#"{"a": 1}"#])
    }

    @Test("An event's line")
    func eventLine() throws {
        let json =
            #"{"position":7,"id":"evt_1","type":"a.b","system":"pivotal","entity_type":"customer","#
            + #""entity_id":"cus_1","received_at":"2026-01-01T00:00:00Z","payload":{"position":1e999}}"#
        #expect(try EventLine(json).text == "7  2026-01-01T00:00:00Z  a.b  pivotal/customer/cus_1  evt_1")
        let noted = json.replacing(#""id":"#, with: #""payload_note":"too_deep","id":"#)
        #expect(try EventLine(noted).text.hasSuffix("evt_1  too_deep"))
    }

    @Test("What a migration prints")
    func migration() {
        #expect(
            MigrationSummary(previousVersion: 0, version: 2, replacedFunctions: true, projections: [:]).sentence
                == "The schema is at version 2 now."
        )
        #expect(
            MigrationSummary(previousVersion: 1, version: 2, replacedFunctions: true, projections: [:]).sentence
                == "The schema is at version 2 now; it was at 1."
        )
        #expect(
            MigrationSummary(previousVersion: 2, version: 2, replacedFunctions: false, projections: [:]).sentence
                == "The schema was at version 2 already."
        )
        #expect(
            MigrationSummary(
                previousVersion: 2,
                version: 2,
                replacedFunctions: false,
                projections: ["health": "building", "directory": "unchanged"]
            ).sentence == """
                The schema was at version 2 already.
                Projection directory: this version is known already.
                Projection health: new; `serve` builds it, and it is in use when it has caught up.
                """
        )
        let waiting = MigrationSummary(
            previousVersion: 1,
            version: 2,
            replacedFunctions: true,
            projections: ["directory": "unannounced", "health": "unchanged"]
        )
        #expect(!waiting.isComplete)
        #expect(waiting.sentence.contains("until they are done and `hooklog migrate` is run again"))
    }
}
