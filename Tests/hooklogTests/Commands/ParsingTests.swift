import ArgumentParser
import Testing

@testable import hooklog

@Suite("Command lines")
struct ParsingTests {
    private static let source = "src_2tynw27ny6bkf5nxbr4fbwcq6z"

    /// A command line and the type that it stands for.
    struct Line: Sendable, CustomTestStringConvertible {
        let text: String
        let type: any ParsableCommand.Type

        init(_ text: String, _ type: any ParsableCommand.Type) {
            self.text = text
            self.type = type
        }

        var testDescription: String { text }
        var arguments: [String] { text.split(separator: " ").map(String.init) }
    }

    @Test(
        "Every command is found",
        arguments: [
            Line("serve", ServeCommand.self),
            Line(
                "serve --listen :9000 --admin-listen [::1]:0 --roles receiver,api --log-format json",
                ServeCommand.self
            ),
            Line("migrate --database-url postgres://h/d --json", MigrateCommand.self),
            Line("doctor", DoctorCommand.self),
            Line("status --embedded-postgres ./data", StatusCommand.self),
            Line("workspace create acme --name Acme", CreateWorkspaceCommand.self),
            Line("workspace list --json", ListWorkspacesCommand.self),
            Line(
                "source create --connector pivotal --workspace acme --name p --secret whsec_x",
                CreateSourceCommand.self
            ),
            Line("source create --connector pivotal --secret-file - --allow-short-secret", CreateSourceCommand.self),
            Line(
                "source create --connector hmac --signature-header X-A --algorithm sha512 --encoding base64 --prefix v=",
                CreateSourceCommand.self
            ),
            Line(
                "source create --connector hmac --several-signatures --id-header X-I --timestamp-header X-T"
                    + " --timestamp-unit milliseconds --tolerance 5m --signed-content {id}.{timestamp}.{body}"
                    + " --event-id-at header:X-I --event-type-at body:/a/b --event-time-at body:/at"
                    + " --handshake-at query:hub.challenge",
                CreateSourceCommand.self
            ),
            Line(
                "source create --connector piriod --fetch-workspace acc_1 --fetch-token-file t --fetch-url http://h/p"
                    + " --fetch-test-mode",
                CreateSourceCommand.self
            ),
            Line(
                "source create --connector stripe --event-sequence-at body:/data/object/version",
                CreateSourceCommand.self
            ),
            Line("source fetch \(source) --fetch-token-file -", FetchSourceCommand.self),
            Line("source fetch \(source) --fetch-live-mode", FetchSourceCommand.self),
            Line("source fetch \(source) --fetch-workspace acc_2 --unchecked", FetchSourceCommand.self),
            Line("source list --workspace acme", ListSourcesCommand.self),
            Line("source show \(source)", ShowSourceCommand.self),
            Line("source rotate \(source) --overlap 90m", RotateSourceCommand.self),
            Line("source disable \(source)", DisableSourceCommand.self),
            Line("source enable \(source)", EnableSourceCommand.self),
            Line("key create --workspace acme --test --scope admin --name n", CreateKeyCommand.self),
            Line("import --source \(source) --file - --type contact --test --restart --json", ImportCommand.self),
            Line(
                "import --source \(source) --from https://h/api --token t --account acc_1 --connections 16",
                ImportCommand.self
            ),
            Line("key create --rate-limit 1", CreateKeyCommand.self),
            Line("key create --rate-limit 1000000", CreateKeyCommand.self),
            Line("key list", ListKeysCommand.self),
            Line("key revoke 42", RevokeKeyCommand.self),
            Line("master-key --json", MasterKeyCommand.self),
            Line("rejected list --source \(source) --limit 5", ListRejectedCommand.self),
            Line(
                "events list --entity customer/cus_1 --type customer.created --after 7 --limit 10 --test",
                ListEventsCommand.self
            ),
            Line("events show 12", ShowEventCommand.self),
            Line("events tail --after 0 --json", TailEventsCommand.self),
            Line("serve --projections ./mine", ServeCommand.self),
            Line("migrate --projections ./mine", MigrateCommand.self),
            Line("projections list", ListProjectionsCommand.self),
            Line("projections rebuild directory --workspace a --workspace b", RebuildProjectionCommand.self),
            Line("projections rebuild directory --cancel", RebuildProjectionCommand.self),
            Line("dead-letters list --all --limit 5", ListDeadLettersCommand.self),
            Line("dead-letters retry directory 12 --workspace acme", RetryDeadLettersCommand.self),
            Line("dead-letters retry directory", RetryDeadLettersCommand.self),
            Line("dead-letters discard directory 12", DiscardDeadLetterCommand.self),
            Line("psql -- -c select", PsqlCommand.self),
            Line("psql", PsqlCommand.self),
            Line("send --source \(source) --file -", SendCommand.self),
            Line(
                "send --source \(source) --file b --count 9 --connections 256 --rate 0.5 --url https://h/",
                SendCommand.self
            ),
            Line("send --url http://h/webhooks/x --secret s --connector github --file b", SendCommand.self),
            Line(
                "signature verify --scheme github --secret s --header X:1 --header Y:2 --body-file b",
                VerifySignatureCommand.self
            ),
            Line(
                "signature sign --scheme hmac --secret s --prefix v1= --id i --now 5 --body-file -",
                SignSignatureCommand.self
            ),
        ]
    )
    func commandIsFound(_ line: Line) throws {
        let command = try RootCommand.parseAsRoot(line.arguments)
        #expect(type(of: command) == line.type)
    }

    @Test(
        "What is not a command line exits with 64",
        arguments: [
            "nosuch", "serve extra", "serve --listen nonsense", "serve --admin-listen 8081", "projections rebuild",
            "dead-letters discard directory", "dead-letters discard directory 0", "dead-letters retry",
            "serve --port 1", "workspace create", "source create", "source create --connector nosuch",
            "source create --connector github --prefix x", "source create --connector hmac --algorithm md5",
            "source create --connector github --secret a --secret-file b",
            "source create --connector github --event-id-at body:/id", "source create --connector hmac --tolerance 5m",
            "source create --connector hmac --event-id-at id", "source create --connector hmac --handshake-at body:/a",
            "source create --connector hmac --event-id-at header:Authorization",
            "source create --connector piriod --event-sequence-at body:/n",
            "source create --connector stripe --event-sequence-at n",
            "source create --connector github --fetch-workspace a --fetch-token t",
            "source create --connector piriod --fetch-workspace a", "source create --connector piriod --fetch-token t",
            "source create --connector piriod --secret-file - --fetch-workspace a --fetch-token-file -",
            "source create --connector piriod --fetch-workspace a --fetch-token t --fetch-token-file f",
            "source fetch \(source)", "source fetch \(source) --unchecked",
            "source fetch \(source) --fetch-live-mode --fetch-test-mode", "source fetch x",
            "source create --connector github --maximum-body-size 0", "source show", "source show src_short",
            "source rotate \(source) --overlap tomorrow", "key create --scope root", "key revoke x",
            "key create --rate-limit 0", "key create --rate-limit 1000001", "key create --rate-limit many",
            "rejected list --limit 0",
            "events list --limit 1001", "events list --after -1", "events list --entity customer", "events show",
            "import --file b", "import --source nosuch --file b", "import --source \(source)",
            "import --source \(source) --file b --from http://h --token t", "import --source \(source) --from http://h",
            "import --source \(source) --file b --token t",
            "import --source \(source) --from http://h --token t --type x",
            "import --source \(source) --from http://h --token t --token-file f",
            "import --source \(source) --from http://h --token t --connections 17",
            "send --file b", "send --source \(source)", "send --source nosuch --file b",
            "send --source \(source) --file b --count 0", "send --source \(source) --file b --connections 257",
            "send --source \(source) --file b --rate 0", "send --source \(source) --file b --url ftp://h",
            "send --source \(source) --file b --connector github", "send --url http://h/x --file b",
            "send --source \(source) --file - --secret-file -", "signature",
            "signature verify --scheme github --body-file b",
            "signature verify --scheme md5 --secret s --body-file b",
            "signature verify --scheme github --prefix x --secret s --body-file b",
            "signature verify --scheme github --secret s --header nocolon --body-file b",
            "signature sign --scheme github --secret s", "signature sign --scheme github --body-file b",
        ]
    )
    func badUsageExitsWith64(_ text: String) {
        let arguments = text.split(separator: " ").map(String.init)
        let error = #expect(throws: (any Error).self) {
            var command = try RootCommand.parseAsRoot(arguments)
            // A group without a command asks for help by itself.
            try command.run()
        }
        let code = error.map { RootCommand.exitCode(for: $0).rawValue }
        #expect(code == 64 || (text == "signature" && code == 0), "\(String(describing: error))")
    }

    @Test("Failures that are not the caller's exit with 1")
    func failureExitsWith1() {
        let error = CommandError(.notFound, "There is no such thing. Look again.")
        #expect(RootCommand.exitCode(for: error).rawValue == 1)
        #expect(RootCommand.message(for: error) == "There is no such thing. Look again.")
    }

    @Test("Flags become settings under their names")
    func flagsBecomeSettings() throws {
        let command = try #require(
            try RootCommand.parseAsRoot([
                "serve", "--listen", ":1", "--database-url", "postgres://h", "--log-level", "debug",
            ])
                as? ServeCommand
        )
        #expect(command.flags == [.listen: ":1", .databaseURL: "postgres://h", .logLevel: "debug"])
    }

    @Test("What follows the dashes is psql's, as it stands")
    func argumentsForPsqlAreKept() throws {
        let command = try #require(
            try RootCommand.parseAsRoot(["psql", "--config", "c", "--", "-c", "select 1", "--json"]) as? PsqlCommand
        )
        #expect(command.arguments == ["-c", "select 1", "--json"])
    }

    @Test("Lengths of time", arguments: zip(["0", "90s", "30m", "24h", "7d"], [0, 90, 1800, 86_400, 604_800]))
    func timeSpanIsRead(_ text: String, _ seconds: Int64) {
        #expect(TimeSpan(argument: text)?.duration == .seconds(seconds))
    }

    @Test("What is no length of time", arguments: ["", "h", "1", "-1h", "1.5h", "1w", "99999999999h"])
    func otherTimeSpanIsRefused(_ text: String) {
        #expect(TimeSpan(argument: text) == nil)
    }

    @Test("A header is divided at its first colon")
    func headerIsDivided() {
        let header = HeaderArgument(argument: "X-Time:  12:30 \t")
        #expect(header?.name == "X-Time")
        #expect(header?.value == "12:30")
        #expect(HeaderArgument(argument: ": x") == nil)
        #expect(HeaderArgument(argument: "X:")?.value == "")
    }
}
