import Foundation
import Testing

@testable import EmbeddedPostgres

/// What is concluded from `postmaster.pid`, the process table and the socket, without a PostgreSQL.
@Suite(.timeLimit(.minutes(10)))
struct PostmasterTests {
    private let place: TemporaryDirectory
    private let layout: ClusterLayout
    private let postmaster: Postmaster

    init() throws {
        place = try TemporaryDirectory()
        layout = ClusterLayout(directory: place.cluster, temporaryDirectory: "/tmp")
        _ = try place.makeDirectory("cluster/data")
        _ = try place.makeDirectory("cluster/run")
        postmaster = Postmaster(layout: layout, session: ServerSession(user: try ServerUser.find("postgres")))
    }

    private func writeFile(_ pid: pid_t, _ state: String) throws {
        let text = "\(pid)\n\(layout.dataDirectory)\n1\n5432\n\(layout.socketDirectory)\n\n 1 1\n\(state)\n"
        try place.write(text, to: "cluster/data/postmaster.pid")
    }

    /// Starts a shell that the process table shows as a postmaster of the layout's cluster, and lends its id.
    private func withImpostor(_ body: (pid_t) async throws -> Void) async throws {
        let program = try place.makeDirectory("bin") + "/postgres"
        try FileManager.default.copyItem(atPath: "/bin/dash", toPath: program)
        let null = try OpenFile("/dev/null", flags: O_RDWR)
        let arguments = ["-c", "sleep 1000; :", layout.dataDirectory]
        let pid = try postmaster.session.start(program, arguments, input: null, output: null)
        defer {
            kill(-pid, SIGKILL)
            waitpid(pid, nil, 0)
        }
        // setpriv comes first, then the program.
        try await eventually(within: 20) { postmaster.processes.belongsToCluster(pid) }
        try await body(pid)
    }

    private func withListener(_ body: () throws -> Void) throws {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        let file = OpenFile(descriptor: descriptor, path: layout.socketFile)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: layout.socketFile.utf8) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(file.descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0 && listen(file.descriptor, 8) == 0)
        try body()
    }

    private func observe(isStarting: Bool = false) -> PostmasterObservation {
        postmaster.observe(isStarting: isStarting, connecting: true)
    }

    @Test func noFileIsAbsentOrStarting() {
        #expect(observe() == .absent)
        #expect(observe(isStarting: true) == .starting)
    }

    @Test func fileOfADeadProcessIsGoneOrStarting() throws {
        try writeFile(deadProcess(), "ready   ")
        #expect(observe() == .gone)
        #expect(observe(isStarting: true) == .starting)
    }

    @Test func fileOfAnotherProgramIsUnrelated() throws {
        try writeFile(getpid(), "ready   ")
        #expect(observe() == .unrelated)
        #expect(postmaster.livingProcess == nil)
    }

    @Test func listenerOfAnInvisibleProcessIsUnseen() throws {
        try writeFile(deadProcess(), "ready   ")
        try withListener { #expect(observe() == .unseen) }
        #expect(observe() == .gone)
    }

    @Test func processOfTheClusterIsWhatItSaysOnceItListens() async throws {
        var states: [(String, PostmasterObservation)] = [("starting", .starting), ("stopping", .stopping)]
        states += [("ready   ", .starting), ("standby ", .starting)]
        try await withImpostor { pid in
            for (state, expected) in states {
                try writeFile(pid, state)
                #expect(observe() == expected)
            }
            try withListener { #expect(observe() == .ready) }
            #expect(postmaster.observe(isStarting: false, connecting: false) == .ready)
            #expect(postmaster.livingProcess == pid)
            try await eventually { postmaster.processes.clusterProcesses() == [pid] }
        }
    }

    @Test func remnantsAreEnded() async throws {
        try await withImpostor { pid in
            postmaster.endRemnants()
            try await eventually(within: 20) { !postmaster.processes.isAlive(pid) }
            #expect(postmaster.processes.clusterProcesses() == [])
        }
    }

    /// The id of a process that has ended and was reaped.
    private func deadProcess() throws -> pid_t {
        let null = try OpenFile("/dev/null", flags: O_RDWR)
        let pid = try postmaster.session.start("/bin/true", [], input: null, output: null)
        try #require(waitpid(pid, nil, 0) == pid)
        return pid
    }
}
