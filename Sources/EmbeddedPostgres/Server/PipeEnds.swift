import Glibc

/// The two ends of a pipe; reading never waits.
struct PipeEnds: ~Copyable {
    let reading: OpenFile
    let writing: OpenFile

    /// Makes a pipe that no program inherits unless it is given one of the ends.
    init() throws(EmbeddedPostgresError) {
        var descriptors: [CInt] = [-1, -1]
        guard pipe(&descriptors) == 0 else { throw EmbeddedPostgresError.systemCall("pipe", "a pipe") }
        for descriptor in descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        reading = OpenFile(descriptor: descriptors[0], path: "a pipe")
        writing = OpenFile(descriptor: descriptors[1], path: "a pipe")
    }
}

extension OpenFile {
    /// Adds what a pipe holds to `bytes` without waiting, keeping the last `limit` bytes.
    func drain(into bytes: inout [UInt8], limit: Int) {
        var chunk = [UInt8](repeating: 0, count: 4_096)
        for _ in 0..<64 where isReadable {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return }
            bytes.append(contentsOf: chunk.prefix(count))
            if bytes.count > limit { bytes.removeFirst(bytes.count - limit) }
        }
    }

    private var isReadable: Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, 0) == 1
    }
}
