import Testing

@testable import EventLog

struct APIKeyTextTests {
    private func makeText(livemode: Bool = true, workspace: Int64 = 12) -> String {
        APIKeyText.generate(workspace: WorkspaceID(rawValue: workspace), livemode: livemode)
    }

    @Test(arguments: [true, false])
    func newKeyParses(livemode: Bool) throws {
        let text = makeText(livemode: livemode)
        let key = try #require(APIKeyText(text))
        #expect(key.workspace == WorkspaceID(rawValue: 12))
        #expect(key.livemode == livemode)
        #expect(key.sha256.count == 32)
        #expect(text.hasPrefix(key.prefix))
        #expect(text.hasPrefix(livemode ? "pivotal_" : "pivotal_test_"))
        #expect(text.hasPrefix("pivotal_test_") != livemode)
    }

    @Test func keysDiffer() {
        #expect(Set((0..<100).map { _ in makeText() }).count == 100)
    }

    @Test func hashCoversTheWholeText() throws {
        let text = makeText()
        let last = try #require(text.last)
        let other = String(text.dropLast()) + (last == "0" ? "1" : "0")
        let (first, second) = (try #require(APIKeyText(text)), try #require(APIKeyText(other)))
        #expect(first.keyID == second.keyID)
        #expect(first.sha256 != second.sha256)
    }

    @Test func modeCannotBeSwapped() throws {
        let live = makeText()
        let test = "pivotal_test_" + live.dropFirst("pivotal_".count)
        #expect(try #require(APIKeyText(test)).sha256 != #require(APIKeyText(live)).sha256)
    }

    @Test(arguments: ["", "pivotal_", "pivotal_test_", "pivotal_x", "stripe_", "Bearer pivotal_"])
    func otherTextsAreRefused(_ prefix: String) {
        #expect(APIKeyText(prefix) == nil)
        #expect(APIKeyText(prefix + String(repeating: "0", count: 77)) == nil)
        #expect(APIKeyText(prefix + String(repeating: "z", count: 77)) == nil)
    }

    @Test func textIsNotPrinted() throws {
        let text = makeText()
        let key = try #require(APIKeyText(text))
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!"\(key)\(String(reflecting: key))\(dumped)".contains(text))
    }

    @Test func scopesAreOrdered() {
        #expect(APIKeyScope.read < .write)
        #expect(APIKeyScope.write < .admin)
        #expect(APIKeyScope.allCases.map(\.rawValue) == ["read", "write", "admin"])
    }
}
