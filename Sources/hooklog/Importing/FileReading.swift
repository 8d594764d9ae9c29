import EventLog
import Foundation
import Postgres

/// Reads the lines of a file or of standard input, a chunk at a time.
///
/// Memory holds two chunks and a line, however long the file is. The import of a file that is as it was when it was
/// interrupted (in size and time of change) goes on from where it was, given the same options; standard input is read from
/// its beginning.
actor FileReading: ImportReading {
    /// Where in a file an import goes on.
    struct State: Codable, Hashable {
        var offset: Int64
        var lines: Int
        let size: Int64
        let changedAt: Double
        let lineLimit: Int
    }

    /// What decides about every line of a file.
    struct Options: Hashable {
        /// The entity type of objects that do not say it.
        var kind: String?
        /// Whether objects are live data.
        var livemode = true
        /// The most bytes of a line.
        var lineLimit: Int
    }

    private static let pieceBytes = 256 << 10

    nonisolated let origin: String
    /// How many lines an earlier run has brought in.
    nonisolated let earlierCount: Int
    private let handle: FileHandle
    nonisolated let absentKinds: [String] = []
    private let kind: String?
    private var state: State?
    private var cutter: LineCutter
    private var lineCount: Int
    private var isAtEnd = false

    /// Opens a file; `-` is standard input.
    ///
    /// - Parameters:
    ///   - earlier: The state of an interrupted import of the same origin.
    /// - Throws: `unreadableFile`.
    init(_ name: String, _ options: Options, earlier: String? = nil) throws(CommandError) {
        kind = options.kind
        origin = Self.origin(of: name, options)
        (handle, state) = try Self.open(name, lineLimit: options.lineLimit, earlier: earlier)
        earlierCount = state?.lines ?? 0
        lineCount = earlierCount
        cutter = LineCutter(limit: options.lineLimit, at: state?.offset ?? 0)
    }

    /// The name by which the interrupted import of a file is found again, with the same options.
    static func origin(of name: String, _ options: Options) -> String {
        let file = name == "-" ? "standard input" : "file:" + URL(filePath: name).standardizedFileURL.path
        return [options.kind, options.livemode ? nil : "test", file].compactMap(\.self).joined(separator: " ")
    }

    func next() async throws -> ImportChunk? {
        var chunk = ImportChunk(unit: .line)
        var bytes = 0
        let start = cutter.offset
        while chunk.lines.count + chunk.tooLong.count < EventImporter.batchCount, bytes < EventImporter.batchBytes,
            let line = try await nextLine()
        {
            lineCount += 1
            switch line {
            case .text(let text):
                bytes += text.count
                chunk.lines.append(NumberedLine(number: lineCount, line: ImportLine(text, kind: kind)))
            case .tooLong:
                chunk.tooLong.append(lineCount)
            case .blank:
                break
            }
        }
        guard cutter.offset > start else { return nil }
        chunk.readAt = PostgresTimestamp(Date())
        chunk.done = cutter.offset
        chunk.total = state?.size
        state?.offset = cutter.offset
        state?.lines = lineCount
        chunk.state = try state.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
        return chunk
    }

    private func nextLine() async throws -> LineCutter.Line? {
        while true {
            if let line = cutter.next() { return line }
            guard !isAtEnd else { return cutter.finish() }
            guard let piece = try await nextPiece() else {
                isAtEnd = true
                continue
            }
            cutter.feed(piece)
        }
    }

    /// The next bytes; nil at the end.
    ///
    /// Waits for as long as none come, which is for ever on a terminal, but notices its task's cancellation.
    private func nextPiece() async throws -> Data? {
        // A pipe tells nobody but poll that it has something; a wait in it would hold a thread of the pool.
        var descriptor = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
        while poll(&descriptor, 1, 0) == 0 {
            try await Task.sleep(for: .milliseconds(20))
        }
        try Task.checkCancellation()
        guard let data = try handle.read(upToCount: Self.pieceBytes), !data.isEmpty else { return nil }
        return data
    }

    private static func open(
        _ name: String,
        lineLimit: Int,
        earlier: String?
    ) throws(CommandError) -> (FileHandle, State?) {
        guard name != "-" else { return (.standardInput, nil) }
        do {
            let url = URL(filePath: name).resolvingSymlinksInPath()
            let facts = try FileManager.default.attributesOfItem(atPath: url.path)
            guard facts[.type] as? FileAttributeType != .typeDirectory else { throw CocoaError(.fileReadUnknown) }
            let handle = try FileHandle(forReadingFrom: url)
            guard facts[.type] as? FileAttributeType == .typeRegular else { return (handle, nil) }
            let size = (facts[.size] as? NSNumber)?.int64Value ?? 0
            let changedAt = (facts[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            if let earlier = earlier.flatMap({ try? JSONDecoder().decode(State.self, from: Data($0.utf8)) }),
                earlier.size == size, earlier.changedAt == changedAt, earlier.lineLimit == lineLimit
            {
                try handle.seek(toOffset: UInt64(max(earlier.offset, 0)))
                return (handle, earlier)
            }
            return (handle, State(offset: 0, lines: 0, size: size, changedAt: changedAt, lineLimit: lineLimit))
        } catch {
            throw CommandError(
                .unreadableFile,
                "The file \(name) cannot be read. Check its name and that it is a file that you may read; - is standard input."
            )
        }
    }
}
