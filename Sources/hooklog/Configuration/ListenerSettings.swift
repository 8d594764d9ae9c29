import Configuration
import Foundation
import HTTPServer

/// Where `serve` listens and which parts of the program it runs.
struct ListenerSettings: Sendable, Hashable {
    /// The address for senders and clients.
    let listen: ListenAddress
    /// The address for operators: health, metrics, console.
    let adminListen: ListenAddress
    /// The names by which operators' address may be asked for.
    let adminHosts: HostNames
    /// The parts to run.
    let roles: Set<ServiceRole>

    /// Reads the settings.
    ///
    /// - `listen`: host:port, default 127.0.0.1:8080; port 0 takes a free one
    /// - `admin_listen`: host:port, default 127.0.0.1:8081; port 0 takes a free one
    /// - `admin_hosts`: names with commas between, default none: what operators may ask for besides loopback names and
    ///   what `admin_listen` says; `*` is every name
    /// - `roles`: names with commas between, default receiver,projector,api
    ///
    /// - Throws: `invalidSetting` naming the key.
    init(config: ConfigReader) throws(CommandError) {
        listen = try Self.address(config, .listen, default: ListenAddress(host: "127.0.0.1", port: 8080))
        adminListen = try Self.address(config, .adminListen, default: ListenAddress(host: "127.0.0.1", port: 8081))
        let more = try config.text(.adminHosts).map { Self.names($0) } ?? []
        adminHosts = HostNames(listeningOn: adminListen.host, and: more)
        roles = try Self.roles(config)
        guard listen != adminListen || listen.port == 0 else {
            throw SettingKey.adminListen.invalid("must be another address than listen, \(listen)")
        }
    }

    private static func address(
        _ config: ConfigReader,
        _ key: SettingKey,
        default standard: ListenAddress
    ) throws(CommandError) -> ListenAddress {
        guard let text = try config.text(key) else { return standard }
        guard let address = ListenAddress(text) else {
            throw key.invalid("must be host:port, such as 127.0.0.1:8080 or [::1]:8080")
        }
        return address
    }

    private static func names(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    private static func roles(_ config: ConfigReader) throws(CommandError) -> Set<ServiceRole> {
        guard let text = try config.text(.roles) else { return Set(ServiceRole.allCases) }
        let names = names(text)
        let roles = names.compactMap(ServiceRole.init(rawValue:))
        guard !roles.isEmpty, roles.count == names.count else {
            let all = ServiceRole.allCases.map(\.rawValue).joined(separator: ",")
            throw SettingKey.roles.invalid("must name some of \(all) with commas between")
        }
        return Set(roles)
    }
}

/// A part of the program that a process may run or leave to others.
enum ServiceRole: String, Sendable, Hashable, CaseIterable {
    /// Takes webhooks in.
    case receiver
    /// Keeps read models up to date.
    case projector
    /// Answers queries and commands.
    case api
}
