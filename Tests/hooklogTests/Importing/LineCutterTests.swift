import Testing

@testable import hooklog

@Suite("Lines of a file")
struct LineCutterTests {
    private func cut(_ text: String, limit: Int = 10, piece: Int = .max) -> [LineCutter.Line] {
        var cutter = LineCutter(limit: limit)
        var lines: [LineCutter.Line] = []
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            cutter.feed(rest.prefix(piece))
            rest = rest.dropFirst(piece)
            while let line = cutter.next() { lines.append(line) }
        }
        if let last = cutter.finish() { lines.append(last) }
        #expect(cutter.offset == text.utf8.count)
        return lines
    }

    private func text(_ text: String) -> LineCutter.Line { .text(Array(text.utf8)) }

    @Test("Lines are the same however the bytes come", arguments: [1, 2, 3, 7, 1000])
    func linesAreTheSameHoweverTheBytesCome(piece: Int) {
        let lines = cut("a\nbb\r\n\n  \n1234567890\n12345678901\n\u{FEFF}x\nlast", piece: piece)
        #expect(
            lines == [
                text("a"), text("bb"), .blank, .blank, text("1234567890"), .tooLong, text("\u{FEFF}x"), text("last"),
            ]
        )
    }

    @Test("A byte order mark begins no line")
    func byteOrderMarkBeginsNoLine() {
        #expect(cut("\u{FEFF}1234567890\nb\n") == [text("1234567890"), text("b")])
    }

    @Test("A long line is not kept", arguments: [1, 16, 100_000])
    func longLineIsNotKept(piece: Int) {
        let long = String(repeating: "x", count: 100_000)
        #expect(cut("a\n\(long)\nb\n\(long)", piece: piece) == [text("a"), .tooLong, text("b"), .tooLong])
    }

    @Test("Nothing has no lines")
    func nothingHasNoLines() {
        #expect(cut("") == [])
        #expect(cut("\n") == [.blank])
        #expect(cut("a\r") == [text("a")])
    }

    @Test("The offset is where the next line begins")
    func offsetIsWhereTheNextLineBegins() {
        var cutter = LineCutter(limit: 10, at: 100)
        cutter.feed(Array("abc\r\nd\ne".utf8))
        #expect(cutter.offset == 100)
        _ = cutter.next()
        #expect(cutter.offset == 105)
        _ = cutter.next()
        #expect(cutter.offset == 107)
        #expect(cutter.next() == nil)
        #expect(cutter.offset == 107)
    }
}
