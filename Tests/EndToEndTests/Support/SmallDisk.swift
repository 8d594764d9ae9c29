import Foundation
import Glibc

/// A file system of its own on a folder, which can be filled to its last block.
struct SmallDisk: Sendable {
    private let place: URL
    private let image: URL
    private var filler: URL { place.appending(path: "filler") }

    /// Mounts one of up to 16 GiB, which takes only what is written to it; nil where this process may not.
    static func mount(on place: URL) async throws -> SmallDisk? {
        guard getuid() == 0 else { return nil }
        let disk = SmallDisk(place: place, image: place.appendingPathExtension("image"))
        guard FileManager.default.createFile(atPath: disk.image.path, contents: nil),
            truncate(disk.image.path, 16 << 30) == 0
        else { throw POSIXFailure(number: errno) }
        let commands = [
            ["/sbin/mkfs.ext4", "-q", "-m", "0", "-E", "lazy_itable_init=1,lazy_journal_init=1", disk.image.path],
            ["/bin/mount", "-o", "loop", disk.image.path, place.path],
        ]
        for command in commands {
            let outcome = try? await run(command)
            guard outcome?.status == 0 else {
                try FileManager.default.removeItem(at: disk.image)
                return nil
            }
        }
        return disk
    }

    /// Takes every block that is free.
    func fill() throws {
        let descriptor = open(filler.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXFailure(number: errno) }
        defer { close(descriptor) }
        var offset = 0
        var length = 1 << 30
        while length >= 1 << 12 {
            if posix_fallocate(descriptor, offset, length) == 0 { offset += length } else { length /= 2 }
        }
    }

    /// Gives back what was taken.
    func free() throws {
        try FileManager.default.removeItem(at: filler)
    }

    /// Unmounts and removes it, though a process that ends may still have a file open.
    func remove() async {
        _ = try? await Self.run(["/bin/umount", "--lazy", place.path])
        try? FileManager.default.removeItem(at: image)
    }

    private static func run(_ command: [String]) async throws -> CommandOutcome {
        try await HooklogBinary.run(Array(command.dropFirst()), executable: URL(filePath: command[0]))
    }
}
