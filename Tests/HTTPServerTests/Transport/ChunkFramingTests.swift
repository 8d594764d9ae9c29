import Testing

@testable import HTTPServer

struct ChunkFramingTests {
    private func read(_ framing: inout ChunkFraming, _ byteCount: Int, of body: Int) -> Bool {
        framing.beginRead()
        framing.receiveBody(byteCount: body)
        return framing.endRead(byteCount: byteCount)
    }

    @Test func bodyInTinyChunksIsBorneWith() {
        var framing = ChunkFraming()
        framing.receiveHead()
        for _ in 0..<10_000 {
            verify(read(&framing, 600, of: 100))
        }
    }

    @Test func extensionsWithoutEndAreNot() {
        var framing = ChunkFraming()
        framing.receiveHead()
        verify(read(&framing, 16_384, of: 0))
        verify(!read(&framing, 1, of: 0))
    }

    @Test func whatCameWithTheHeadIsNotHeldAgainstIt() {
        var framing = ChunkFraming()
        framing.beginRead()
        framing.receiveHead()
        framing.receiveBody(byteCount: 10_000)
        verify(framing.endRead(byteCount: 65_000))
        verify(read(&framing, 1000, of: 1000))
        verify(read(&framing, 96_384, of: 0))
        verify(!read(&framing, 8001, of: 0))
    }

    @Test func eachRequestHasItsOwn() {
        var framing = ChunkFraming()
        for _ in 0..<10 {
            framing.receiveHead()
            verify(read(&framing, 16_000, of: 0))
            framing.beginRead()
            framing.receiveEnd()
            verify(framing.endRead(byteCount: 60_000))
        }
    }
}
