import Testing

@testable import Projections

/// How much of the log one step reads.
struct PageSizerTests {
    @Test func slowPagesHalveDownToTheSmallest() {
        var sizer = PageSizer(.live)
        for _ in 0..<5 { sizer.note(isFull: true, elapsed: .milliseconds(10)) }
        #expect(sizer.events == 16_000)
        sizer.note(isFull: true, elapsed: .milliseconds(300))
        #expect(sizer.events == 8_000)
        for _ in 0..<9 { sizer.note(isFull: true, elapsed: .seconds(1)) }
        #expect(sizer.events == 500)
    }

    @Test func sizeStaysWhenThePageIsInTimeOrTheLogIsRead() {
        var sizer = PageSizer(.live)
        sizer.note(isFull: true, elapsed: .milliseconds(120))
        sizer.note(isFull: false, elapsed: .milliseconds(1))
        #expect(sizer.events == 500)
    }

    @Test func buildsBeginWithLargerPages() {
        #expect(PageSizer(.bounds(for: .building)).events == 5_000)
        #expect(PageSizer.Bounds.bounds(for: .retired) == .live)
    }
}
