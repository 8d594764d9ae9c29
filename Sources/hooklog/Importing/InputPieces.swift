import Foundation

/// Reads a file or standard input piece by piece.
struct InputPieces {
    private static let size = 256 << 10

    /// The open file.
    let handle: FileHandle

    /// The next bytes; nil at the end.
    ///
    /// Waits for as long as none come, which is for ever on a terminal, but notices its task's cancellation.
    func next() async throws -> Data? {
        // A pipe tells nobody but poll that it has something; a wait in it would hold a thread of the pool.
        var descriptor = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
        while poll(&descriptor, 1, 0) == 0 {
            try await Task.sleep(for: .milliseconds(20))
        }
        try Task.checkCancellation()
        guard let data = try handle.read(upToCount: Self.size), !data.isEmpty else { return nil }
        return data
    }
}
