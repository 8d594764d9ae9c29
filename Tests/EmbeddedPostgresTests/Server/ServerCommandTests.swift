import Foundation
import Testing

@testable import EmbeddedPostgres

@Suite(.timeLimit(.minutes(10)))
struct ServerCommandTests {
    private let command: ServerCommand

    init() throws {
        let session = ServerSession(user: try ServerUser.find("postgres"))
        command = ServerCommand(session: session)
    }

    private func shell(_ script: String, deadline: Duration = .seconds(20)) async throws -> ServerCommand.Outcome {
        try await command.run("/bin/sh", ["-c", script], deadline: deadline)
    }

    @Test func outputAndErrorAreKeptTogether() async throws {
        let outcome = try await shell("echo out; echo err >&2; exit 3")
        #expect(outcome.status == 3 << 8)
        #expect(outcome.output == "out\nerr\n")
    }

    @Test func inputIsGivenWhole() async throws {
        let outcome = try await command.run("/bin/cat", [], input: Array("hello".utf8), deadline: .seconds(20))
        #expect(outcome.output == "hello")
    }

    @Test func longOutputKeepsItsEnd() async throws {
        let outcome = try await shell("head -c 300000 /dev/zero | tr '\\0' x; echo; echo end")
        #expect(outcome.status == 0)
        #expect(outcome.output.utf8.count <= 65_536)
        #expect(outcome.lastLines.last == "end")
    }

    @Test func environmentAndDirectoryAreFixed() async throws {
        setenv("PGDATA", "/elsewhere", 1)
        let outcome = try await shell("pwd; env | sort | grep -v '^_=\\|^PWD=\\|^SHLVL=\\|^OLDPWD='")
        #expect(outcome.output == "/\nLC_ALL=C\nPATH=/usr/local/bin:/usr/bin:/bin\nTZ=UTC\n")
    }

    @Test func programRunsInASessionOfItsOwnAsTheServersUser() async throws {
        let outcome = try await shell("echo $$; cut -d' ' -f6 /proc/$$/stat; id -u")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 3 && lines[0] == lines[1])
        #expect(String(lines[2]) == "\(command.session.user.uid)")
    }

    @Test func ignoredSignalsAreNotInherited() async throws {
        signal(SIGPIPE, SIG_IGN)
        let outcome = try await shell("grep -E 'SigIgn|SigBlk' /proc/self/status")
        let masks = outcome.output.split(separator: "\n").compactMap { UInt64($0.suffix(16), radix: 16) }
        // Above the 31 standard signals, glibc ignores its own two in what it spawns.
        #expect(masks.map { $0 & 0x7fff_ffff } == [0, 0])
    }

    @Test func signalIsToldFromExit() async throws {
        #expect(try await shell("kill -9 $$").status == SIGKILL)
    }

    @Test func deadlineKillsTheProgramAndItsChildren() async throws {
        let place = try TemporaryDirectory()
        try #require(chmod(place.path, 0o777) == 0)
        let file = place.path + "/pid"
        let error = await #expect(throws: EmbeddedPostgresError.self) {
            try await shell("sleep 1000 & echo $! > \(file); wait", deadline: .milliseconds(500))
        }
        #expect(error?.code == .startTimedOut)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let child = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        // Where process 1 reaps no orphans, as in many containers, the child stays; what has ended has no command line.
        try await eventually { FileManager.default.contents(atPath: "/proc/\(child)/cmdline")?.isEmpty ?? true }
    }

    @Test func cancellationKillsTheProgram() async throws {
        let command = command
        let code = await withTaskGroup(of: EmbeddedPostgresError.Code?.self) { group in
            group.addTask {
                do throws(EmbeddedPostgresError) {
                    _ = try await command.run("/bin/sleep", ["1000"], deadline: .seconds(1_000))
                    return nil
                } catch {
                    return error.code
                }
            }
            group.cancelAll()
            return await group.next().flatMap { $0 }
        }
        #expect(code == .cancelled)
    }

    @Test func programThatDoesNotExistFails() async throws {
        let user = ServerUser(name: "", uid: geteuid(), gid: getegid(), groups: [], differsFromProcess: false)
        let command = ServerCommand(session: ServerSession(user: user))
        let error = await #expect(throws: EmbeddedPostgresError.self) {
            try await command.run("/nonexistent", [], deadline: .seconds(5))
        }
        #expect(error?.systemError == ENOENT)
    }
}
