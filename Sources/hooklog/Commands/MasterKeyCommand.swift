import ArgumentParser
import EventLog

/// `hooklog master-key`: makes a key.
struct MasterKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "master-key",
        abstract: "Make a key to seal the secrets of sources with.",
        discussion: """
            Prints 32 random bytes as base64. Set them as HOOKLOG_MASTER_KEY for every hooklog that works on the same \
            database, and keep a copy: without the key the sealed secrets are lost. An embedded PostgreSQL needs none; \
            its directory has a master.key.

              export HOOKLOG_MASTER_KEY=$(hooklog master-key)
            """
    )

    @OptionGroup var output: Output

    func run() async throws {
        let key = MasterKey.generate().text
        try output.write(["master_key": key]) { key }
    }
}
