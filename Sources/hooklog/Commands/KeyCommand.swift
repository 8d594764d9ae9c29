import ArgumentParser
import EventLog

/// `hooklog key`: works on API keys.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make and revoke the API keys with which clients query.",
        subcommands: [CreateKeyCommand.self, ListKeysCommand.self, RevokeKeyCommand.self]
    )
}

/// `hooklog key create`: makes a key.
struct CreateKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make an API key and print it, this once.",
        discussion: "  hooklog key create --scope write --name 'billing sync' --rate-limit 600"
    )

    @OptionGroup var workspaceOptions: WorkspaceOptions

    @Flag(help: "Make a key that sees test data instead of live data.")
    var test = false

    @Option(help: .value("name", "What it may do."))
    var scope = APIKeyScope.read

    @Option(help: .value("text", "Its name for people (default: its scope)."))
    var name: String?

    @Option(help: .value("number", "Its requests in any minute, 1 to 1000000 (default: no limit)."))
    var rateLimit: Int32?

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func validate() throws {
        guard rateLimit.map({ APIKeyDraft.rateLimits.contains($0) }) ?? true else {
            throw ValidationError("--rate-limit must be 1 to 1000000 requests per minute.")
        }
    }

    func run() async throws {
        let issued = try await databaseOptions.withDatabase { database in
            let workspace = try await workspaceOptions.find(in: database)
            let draft = APIKeyDraft(
                workspace: workspace,
                name: name ?? scope.rawValue,
                scope: scope,
                livemode: !test,
                rateLimit: rateLimit
            )
            return try await APIKeyStore(pool: database.pool).create(draft)
        }
        try output.write(issued.key.json(text: issued.text)) {
            "Key  \(issued.text)\nIt is shown only now. Clients send it as `Authorization: Bearer …`."
        }
    }
}

/// `hooklog key list`: prints the keys of a workspace.
struct ListKeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Print the API keys of a workspace, revoked ones included."
    )

    @OptionGroup var workspaceOptions: WorkspaceOptions
    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        let keys = try await databaseOptions.withDatabase { database in
            try await APIKeyStore(pool: database.pool).list(in: workspaceOptions.find(in: database))
        }
        try output.write(["keys": keys.map { $0.json() }]) {
            Table(
                ["ID", "NAME", "KEY", "DATA", "SCOPE", "LIMIT", "STATE", "LAST USED"],
                rows: keys.map {
                    [
                        $0.id.description, $0.name, $0.prefix + "…", $0.livemode ? "live" : "test", $0.scope.rawValue,
                        $0.rateLimit.map { "\($0)/min" } ?? "none",
                        $0.revokedAt == nil ? "valid" : "revoked",
                        $0.lastUsedAt.map { Moment.text(of: $0.date) } ?? "never",
                    ]
                },
                emptyText: "There is no API key yet. Make one with `hooklog key create`."
            )
        }
    }
}

/// `hooklog key revoke`: ends a key for good.
struct RevokeKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "End an API key for good; its very next request fails."
    )

    @Argument(help: .value("key", "The key's id from `hooklog key list`, or the key itself."))
    var key: KeyArgument

    @OptionGroup var workspaceOptions: WorkspaceOptions
    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        let revoked = try await databaseOptions.withDatabase { database in
            let store = APIKeyStore(pool: database.pool)
            switch key {
            case .id(let id): return try await store.revoke(id, in: workspaceOptions.find(in: database))
            case .text(let text): return try await store.revoke(text.keyID, in: text.workspace)
            }
        }
        try output.write(revoked.json()) { "Key \(revoked.id) (\(revoked.name)) is revoked." }
    }
}

/// A key on the command line: its id or its text.
enum KeyArgument: ExpressibleByArgument {
    case id(APIKeyID)
    case text(APIKeyText)

    init?(argument: String) {
        guard let key = APIKeyText(argument).map(Self.text) ?? APIKeyID(argument).map(Self.id) else { return nil }
        self = key
    }
}

extension APIKey {
    /// The key as it is printed as JSON, with its whole text at the one moment when it is known.
    fileprivate func json(text: String? = nil) -> JSONObject {
        [
            "key_id": id.description, "key": text, "name": name, "prefix": prefix, "livemode": livemode,
            "scope": scope.rawValue, "rate_limit": rateLimit, "created_at": createdAt.date,
            "last_used_at": lastUsedAt?.date, "revoked_at": revokedAt?.date,
        ]
    }
}

extension APIKeyScope: ExpressibleByArgument {}
