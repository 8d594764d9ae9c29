import Testing

@testable import HTTPServer

struct RequestFramingTests {
    private func read(
        _ framing: inout RequestFraming,
        _ byteCount: Int,
        of body: Int
    ) -> RequestFraming.Finding {
        framing.beginRead()
        framing.receiveBody(byteCount: body)
        return framing.endRead(byteCount: byteCount)
    }

    private func inBody() -> RequestFraming {
        var framing = RequestFraming(headLimit: 1000)
        framing.receiveHead()
        return framing
    }

    @Test func bodyInChunksOf24BytesIsBorneWithWhateverItsSize() {
        var framing = inBody()
        for _ in 0..<100_000 {
            verify(read(&framing, 30, of: 24) == .good)
        }
    }

    @Test func chunksOfAByteAreBorneWithInASmallBodyOnly() {
        var framing = inBody()
        for _ in 0..<3400 {
            verify(read(&framing, 6, of: 1) == .good)
        }
        for _ in 0..<100 { _ = read(&framing, 6, of: 1) }
        verify(read(&framing, 6, of: 1) == .bodyTooThin)
    }

    @Test func extensionsWithoutEndAreNot() {
        var framing = inBody()
        verify(read(&framing, 16_384, of: 0) == .good)
        verify(read(&framing, 1, of: 0) == .bodyTooThin)
    }

    @Test func whatCameWithTheHeadIsNotHeldAgainstIt() {
        var framing = RequestFraming(headLimit: 1000)
        framing.beginRead()
        framing.receiveHead()
        framing.receiveBody(byteCount: 10_000)
        verify(framing.endRead(byteCount: 65_000) == .good)
        verify(read(&framing, 1000, of: 1000) == .good)
        verify(read(&framing, 16_384 + 11_000 / 4, of: 0) == .good)
        verify(read(&framing, 1, of: 0) == .bodyTooThin)
    }

    @Test func eachRequestHasItsOwn() {
        var framing = RequestFraming(headLimit: 1000)
        for _ in 0..<10 {
            framing.receiveHead()
            verify(read(&framing, 16_000, of: 0) == .good)
            framing.beginRead()
            framing.receiveEnd()
            verify(framing.endRead(byteCount: 60_000) == .good)
        }
    }

    @Test func headIsCountedWithItsBlanksUntilItIsComplete() {
        var framing = RequestFraming(headLimit: 1000)
        for _ in 0..<2 {
            verify(read(&framing, 999, of: 0) == .partOfHead)
            verify(read(&framing, 1, of: 0) == .partOfHead)
            framing.beginRead()
            framing.receiveHead()
            framing.receiveEnd()
            verify(framing.endRead(byteCount: 10) == .good)
        }
        verify(read(&framing, 1000, of: 0) == .partOfHead)
        verify(read(&framing, 1, of: 0) == .headTooLarge)
    }
}
