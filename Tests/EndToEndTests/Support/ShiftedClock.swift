import Foundation

/// A wall clock for other programs, which can be set while they run.
struct ShiftedClock: Sendable {
    private let library: URL
    private let file: URL

    /// Makes a clock that is right, in a folder that every user may read.
    static func make(in directory: URL, name: String) async throws -> ShiftedClock {
        let clock = ShiftedClock(
            library: directory.appending(path: "\(name).so"),
            file: directory.appending(path: "\(name).shift")
        )
        let source = Bundle.module.url(forResource: "shifted_clock", withExtension: "c", subdirectory: "Scripts")
        guard let source else { throw OtherProcess.Failure(expectation: "the source of the clock", log: "") }
        try clock.shift(by: 0)
        let arguments = ["clang", "-shared", "-fPIC", "-O1", source.path, "-o", clock.library.path]
        let outcome = try await HooklogBinary.run(arguments, executable: URL(filePath: "/usr/bin/env"))
        guard outcome.status == 0 else { throw CommandFailed(arguments: arguments, outcome: outcome) }
        return clock
    }

    /// What a program must have in its environment to go by this clock.
    var environment: [String: String] {
        ["LD_PRELOAD": library.path, "CLOCK_SHIFT_FILE": file.path]
    }

    /// Sets the clock so many seconds off; what goes by it sees that at once.
    func shift(by seconds: Int64) throws {
        let bytes = withUnsafeBytes(of: seconds) { Data($0) }
        guard FileManager.default.fileExists(atPath: file.path) else { return try bytes.write(to: file) }
        // In place, for the file is mapped.
        let handle = try FileHandle(forWritingTo: file)
        try handle.write(contentsOf: bytes)
        try handle.close()
    }
}
