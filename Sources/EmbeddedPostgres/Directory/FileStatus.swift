import Glibc

/// What `lstat` says of a file.
struct FileStatus: Sendable {
    let isDirectory: Bool
    let isRegularFile: Bool
    let owner: uid_t
    let group: gid_t
    /// The twelve permission bits.
    let mode: mode_t

    /// Reads the status of `path`, of a symbolic link itself; nil when it cannot be read, with `errno` set.
    init?(path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// Reads the status of an open file; nil when it cannot be read, with `errno` set.
    init?(descriptor: CInt) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        isDirectory = status.st_mode & S_IFMT == S_IFDIR
        isRegularFile = status.st_mode & S_IFMT == S_IFREG
        owner = status.st_uid
        group = status.st_gid
        mode = status.st_mode & 0o7777
    }

    /// The permission bits in octal, as `chmod` takes them.
    var octalMode: String { String(mode, radix: 8) }
}
