import Foundation
import Logging
import Testing

@testable import hooklog

@Suite("Log lines")
struct LineLogHandlerTests {
    private func line(_ format: LogSettings.Format, _ log: (Logger) -> Void) async -> [String] {
        let (stream, continuation) = AsyncStream.makeStream(of: String.self)
        let logger = Logger(label: "test") { label in
            LineLogHandler(
                label: label,
                format: format,
                logLevel: .info,
                now: { Date(timeIntervalSince1970: 0) },
                write: { continuation.yield($0) }
            )
        }
        log(logger)
        continuation.finish()
        return await stream.reduce(into: []) { $0.append($1) }
    }

    @Test("Text is time, level, phrase, then facts by name")
    func textLine() async {
        let lines = await line(.text) { $0.info("listening", metadata: ["b.c": "x y", "a": "1", "d": ""]) }
        #expect(lines == [#"1970-01-01T00:00:00.000Z info listening a=1 b.c="x y" d="""#])
    }

    @Test("JSON is one object")
    func jsonLine() async {
        let lines = await line(.json) { $0.warning("odd", metadata: ["text": "a\"b\n\u{1}"]) }
        #expect(
            lines == [
                #"{"time":"1970-01-01T00:00:00.000Z","level":"warning","logger":"test","message":"odd","#
                    + #""text":"a\"b\n\u0001"}"#
            ]
        )
    }

    @Test("A line break in a value does not break the line")
    func lineBreakIsEscaped() async {
        let lines = await line(.text) { $0.error("failed", metadata: ["error": "one\ntwo"]) }
        #expect(lines == [#"1970-01-01T00:00:00.000Z error failed error="one\ntwo""#])
    }

    @Test("What is below the level is not written")
    func levelIsKept() async {
        #expect(await line(.text) { $0.debug("quiet") }.isEmpty)
    }
}
