import Foundation
import NIOCore
import NIOPosix

/// A TCP connection for requests that no proper client would send.
struct RawConnection: ~Copyable {
    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    private var unread = ByteBuffer()

    static func with<Value: Sendable>(
        port: Int,
        _ body: (inout RawConnection) async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true)
                    )
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var connection = RawConnection(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            return try await body(&connection)
        }
    }

    private init(
        inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    ) {
        self.inbound = inbound
        self.outbound = outbound
    }

    func send(_ text: String) async throws {
        try await outbound.write(ByteBuffer(string: text))
    }

    func send(_ bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    /// Ends what is sent, not what is received.
    func finish() {
        outbound.finish()
    }

    /// Sends `chunk` until `limit` bytes went out or the server has had enough; returns how many went out.
    func flood(_ chunk: [UInt8], limit: Int) async -> Int {
        var count = 0
        while count < limit {
            do {
                try await send(chunk)
                count += chunk.count
            } catch {
                break
            }
        }
        return count
    }

    /// Reads one response that states its length; nil when the connection ends before.
    mutating func readResponse() async -> RawResponse? {
        while true {
            if let response = RawResponse(&unread) { return response }
            guard let buffer = try? await inbound.next() else { return nil }
            unread.writeImmutableBuffer(buffer)
        }
    }

    /// Reads until the server has ended the connection; a reset counts as an end too.
    mutating func readToEnd() async -> String {
        while let buffer = try? await inbound.next() {
            unread.writeImmutableBuffer(buffer)
        }
        return String(buffer: unread)
    }
}

/// A response as text.
struct RawResponse: Sendable, Equatable {
    let status: Int
    let headers: [String: String]
    let body: String

    init?(_ buffer: inout ByteBuffer) {
        let text = String(buffer: buffer)
        guard let end = text.range(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        let headLength = text[..<end.upperBound].utf8.count
        guard buffer.readableBytes >= headLength + length else { return nil }
        status = lines.first.flatMap { Int($0.split(separator: " ")[1]) } ?? 0
        self.headers = headers
        buffer.moveReaderIndex(forwardBy: headLength)
        body = buffer.readString(length: length) ?? ""
    }
}
