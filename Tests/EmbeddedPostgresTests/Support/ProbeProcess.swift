import Foundation
import Testing

@testable import EmbeddedPostgres

/// The test executable running on a cluster's directory as another process.
final class ProbeProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var lines: AsyncStream<String>.Iterator

    init(_ directory: String) throws {
        let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.executableURL = tests.deletingLastPathComponent().appending(path: "embedded-postgres-probe")
        process.arguments = [directory]
        process.standardInput = input
        process.standardOutput = output
        lines = ProbeProcess.lines(of: output.fileHandleForReading).makeAsyncIterator()
        try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// The next line the probe says; nil when it has ended.
    func nextLine() async -> String? { await lines.next() }

    func ask(_ question: String) async -> String? {
        input.fileHandleForWriting.write(Data((question + "\n").utf8))
        return await nextLine()
    }

    /// Kills the probe with SIGKILL and waits for its end.
    func killAndWait() async {
        kill(process.processIdentifier, SIGKILL)
        while await nextLine() != nil {}
    }

    /// Reads lines on a thread of its own until the probe ends.
    ///
    /// Not through `readabilityHandler`, whose teardown crashes on Linux now and then:
    /// https://github.com/swiftlang/swift-corelibs-libdispatch/issues/949
    private static func lines(of handle: FileHandle) -> AsyncStream<String> {
        let (lines, continuation) = AsyncStream<String>.makeStream()
        let descriptor = dup(handle.fileDescriptor)
        Thread.detachNewThread {
            let file = OpenFile(descriptor: descriptor, path: "a probe's output")
            while let bytes = try? file.readAvailable(), !bytes.isEmpty {
                for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                    continuation.yield(String(line))
                }
            }
            continuation.finish()
        }
        return lines
    }
}

extension OpenFile {
    /// Waits until there is something to read and returns it; nothing at the end.
    fileprivate func readAvailable() throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        let count = Foundation.read(descriptor, &bytes, bytes.count)
        return Array(bytes.prefix(max(0, count)))
    }
}
