import Foundation

/// A workspace with a Pivotal source and a key, made through the commands.
struct DemoWorkspace: Sendable {
    let sourceID: String
    let path: String
    let secret: String
    let key: String

    private struct MadeSource: Decodable {
        let source_id: String
        let path: String
        let secret: String
    }

    private struct MadeKey: Decodable {
        let key_id: String
        let key: String
    }

    static func make(in hooklog: ServedHooklog, slug: String = "acme") async throws -> DemoWorkspace {
        _ = try await hooklog.output(of: "workspace", "create", slug, "--name", "Acme")
        let source = try JSONDecoder().decode(
            MadeSource.self,
            from: Data(
                try await hooklog.output(
                    of: "source",
                    "create",
                    "--workspace",
                    slug,
                    "--connector",
                    "pivotal",
                    "--json"
                ).utf8
            )
        )
        let key = try JSONDecoder().decode(
            MadeKey.self,
            from: Data(try await hooklog.output(of: "key", "create", "--workspace", slug, "--json").utf8)
        )
        return DemoWorkspace(sourceID: source.source_id, path: source.path, secret: source.secret, key: key.key)
    }
}
