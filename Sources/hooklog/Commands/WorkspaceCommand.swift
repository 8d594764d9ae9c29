import ArgumentParser
import EventLog

/// `hooklog workspace`: works on workspaces.
struct WorkspaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workspace",
        abstract: "Make and list workspaces, which never see each other's data.",
        subcommands: [CreateWorkspaceCommand.self, ListWorkspacesCommand.self]
    )
}

/// `hooklog workspace create`: makes a workspace.
struct CreateWorkspaceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a workspace.",
        discussion: """
            While there is only one workspace, other commands need no --workspace.

              hooklog workspace create acme
            """
    )

    @Argument(help: "Its short name: lower-case letters, digits and inner hyphens.")
    var slug: String

    @Option(help: .value("text", "Its name for people (default: the short name)."))
    var name: String?

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        let workspace = try await databaseOptions.withDatabase { database in
            try await WorkspaceStore(pool: database.pool).create(slug: slug, name: name ?? slug)
        }
        try output.write(workspace.json) { "Made workspace \(workspace.slug)." }
    }
}

/// `hooklog workspace list`: prints all workspaces.
struct ListWorkspacesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Print all workspaces.")

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        let workspaces = try await databaseOptions.withDatabase { database in
            try await WorkspaceStore(pool: database.pool).list()
        }
        try output.write(["workspaces": workspaces.map(\.json)]) {
            Table(
                ["WORKSPACE", "NAME", "MADE"],
                rows: workspaces.map { [$0.slug, $0.name, Moment.text(of: $0.createdAt.date)] },
                emptyText: "There is no workspace yet. Make one with `hooklog workspace create NAME`."
            )
        }
    }
}

extension Workspace {
    /// The workspace as it is printed as JSON.
    fileprivate var json: JSONObject {
        ["workspace_id": id.rawValue, "slug": slug, "name": name, "created_at": createdAt.date]
    }
}

/// The option that names a workspace.
struct WorkspaceOptions: ParsableArguments {
    @Option(help: .value("name", "The workspace's short name; not needed while there is only one."))
    var workspace: String?

    /// Finds the workspace.
    ///
    /// - Throws: `EventLogError` when it does not exist, or none is named and there is not exactly one.
    func find(in database: Database) async throws -> WorkspaceID {
        let store = WorkspaceStore(pool: database.pool)
        guard let workspace else { return try await store.only().id }
        return try await store.find(workspace).id
    }
}
