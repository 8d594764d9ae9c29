import EventLog
import Testing

struct SourceIDTests {
    @Test func textRoundTrips() throws {
        for _ in 0..<1000 {
            let workspace = WorkspaceID(rawValue: .random(in: 1 ... .max))
            let id = SourceID.random(in: workspace)
            #expect(SourceID(id.description) == id)
        }
    }

    @Test(arguments: [(1, 1), (1, Int64.max), (Int64.max, 1), (Int64.max, Int64.max), (42, 4711)] as [(Int64, Int64)])
    func extremesRoundTrip(workspace: Int64, number: Int64) throws {
        let id = SourceID(workspace: WorkspaceID(rawValue: workspace), number: number)
        #expect(SourceID(id.description) == id)
        #expect(id.description.utf8.count == 30)
    }

    @Test func textIsStable() {
        let id = SourceID(workspace: WorkspaceID(rawValue: 1), number: 2)
        #expect(id.description == "src_0000000000001g000000000002")
    }

    @Test func textDoesNotShowTheWorkspace() {
        let first = SourceID(workspace: WorkspaceID(rawValue: 7), number: 0x1234_5678_9ABC_DEF0).description
        let second = SourceID(workspace: WorkspaceID(rawValue: 7), number: 0x0FED_CBA9_8765_4321).description
        #expect(first.prefix(12) != second.prefix(12))
    }

    @Test(arguments: [
        "", "src_", "src_0000000000001g000000000000", "src_0000000000001g00000000000",
        "src_0000000000001g0000000000022",
        "SRC_0000000000001g000000000002", "src_0000000000001g00000000000l", "src_0000000000001g00000000000O",
        "src_0000000000001g00000000000u", "src_8000000000001g000000000002", "src_zzzzzzzzzzzzzzzzzzzzzzzzzz",
        " src_0000000000001g000000000002", "src_0000000000001g000000000002\n", "src_0000000000001g00000000000é",
        "key_0000000000001g000000000002", "src_00000000000060000000000\u{0}2",
    ])
    func anythingElseIsRefused(_ text: String) {
        #expect(SourceID(text) == nil)
    }

    @Test func everyUpperCaseLetterIsRefused() {
        let id = SourceID(workspace: WorkspaceID(rawValue: 99), number: 0x7FFF_ABCD_EF01_2345)
        for (offset, character) in id.description.enumerated() where character.isLetter {
            var text = Array(id.description)
            text[offset] = Character(character.uppercased())
            #expect(SourceID(String(text)) == nil)
        }
    }

    @Test(arguments: ["0", "-1", "01", "+1", "1 ", "", "9223372036854775808", "x"])
    func keyNumberIsStrict(_ text: String) {
        #expect(APIKeyID(text) == nil)
        #expect(APIKeyID("17")?.rawValue == 17)
    }

    @Test func positionsAndWorkspacesAreOrdered() {
        #expect(Position.start < Position(rawValue: 1))
        #expect(WorkspaceID(rawValue: 2) < WorkspaceID(rawValue: 10))
        #expect(Position(rawValue: 12).description == "12")
    }
}
