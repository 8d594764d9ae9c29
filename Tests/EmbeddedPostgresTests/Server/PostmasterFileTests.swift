import Testing

@testable import EmbeddedPostgres

@Suite
struct PostmasterFileTests {
    private static func contents(_ pid: String, _ state: String?) -> String {
        let lines = [pid, "/d/data", "1732190000", "5432", "/d/run", "", "  1234    5678"]
        return (lines + (state.map { [$0] } ?? [])).joined(separator: "\n") + "\n"
    }

    @Test(arguments: [
        ("starting", PostmasterFile.State.starting), ("stopping", .stopping), ("ready   ", .ready),
        ("standby ", .standby),
        ("something", .starting),
    ])
    func stateIsTheEighthLine(text: String, state: PostmasterFile.State) throws {
        let file = try #require(PostmasterFile(contents: Self.contents("4711", text)))
        #expect(file.pid == 4_711)
        #expect(file.state == state)
    }

    @Test func fileBeingWrittenMeansStarting() throws {
        #expect(PostmasterFile(contents: Self.contents("4711", nil))?.state == .starting)
        #expect(PostmasterFile(contents: "4711")?.state == .starting)
    }

    @Test func loneBackendIsKnownByItsPositiveNumber() {
        #expect(PostmasterFile(contents: Self.contents("-4711", nil))?.pid == 4_711)
    }

    @Test(arguments: ["", "\n", "x", "0"])
    func textWithoutAProcessIDIsNothing(text: String) {
        #expect(PostmasterFile(contents: text) == nil)
    }

    @Test func missingFileIsNothing() {
        #expect(PostmasterFile(path: "/nonexistent/postmaster.pid") == nil)
    }
}
