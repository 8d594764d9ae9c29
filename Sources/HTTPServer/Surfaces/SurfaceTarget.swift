import Connectors
import EventLog
import HTTPTypes
import Hummingbird
import Postgres
import Schema

/// What a request to a surface is about: an operation, and the objects that the path names.
struct SurfaceTarget: Sendable {
    private enum Statements {
        static let workspace = SQLLibrary.call("read_workspace", 4)
        static let identity = SQLLibrary.answer("read_identity", 1)
        static let object = SQLLibrary.call("read_object", 12)
        static let objects = SQLLibrary.call("list_objects", 13)

        /// The vendors' own.
        static let own: [String: PostgresStatement] = {
            var own: [String: PostgresStatement] = [:]
            for case .call(let function, let arguments) in Surface.all.flatMap({ $0.operations.map(\.act) }) {
                own[function] = SQLLibrary.answer(function, arguments.map(\.count).reduce(0, +))
            }
            return own
        }()
    }

    let surface: Surface
    let operation: SurfaceOperation
    /// Nil when the path names none, or what can be no object's id.
    private let id: String?
    private let parentID: String?
    private let pageURL: String

    init(_ surface: Surface, _ operation: SurfaceOperation, _ request: Request, _ context: ServerRequestContext) {
        self.surface = surface
        self.operation = operation
        id = context.objectID(operation.parent == nil ? "id" : "child")
        parentID = context.objectID("id")
        pageURL = request.pageURL
    }

    /// The read of the operation; throws what is wrong with the request.
    func read(_ items: QueryItems, _ request: Request, _ key: APIKeyText) throws(Refusal) -> Read {
        let caller = try SurfaceCaller(request, key, surface.access)
        switch operation.act {
        case .describeWorkspace:
            return Read(statement: Statements.workspace, parameters: [.text(caller.workspaceName)])
        case .describeKey:
            return Read(statement: Statements.identity, parameters: [.int8(key.keyID.rawValue)])
        case .list(let rules):
            let parent = operation.parent.flatMap { parent in parentID.map { (column: parent.column, id: $0) } }
            let list = try ListRequest(items, rules, parent: parent, pageURL: pageURL)
            let parameters: [PostgresParameter] = [.jsonb(list.filters), .jsonb(list.place)]
            return Read(
                statement: Statements.objects,
                parameters: caller.parameters + kind + self.parent + parameters + shown(items),
                refusing: refusing(edgeName: list.edgeName)
            )
        case .call(let function, let arguments):
            var parameters: [PostgresParameter] = []
            for argument in arguments { parameters += try given(argument, items) }
            guard let statement = Statements.own[function] else { throw .failed }
            return Read(statement: statement, parameters: parameters, refusing: refusing)
        case .read, .create, .update, .replace, .delete, .tellHealth:
            return Read(
                statement: Statements.object,
                parameters: caller.parameters + kind + [.text(try checkedID)] + parent + shown(items),
                refusing: refusing
            )
        }
    }

    /// What the statement of a write is given about the operation and its objects; throws what is wrong with the path or the body.
    func writeParameters(_ body: [UInt8]) throws(Refusal) -> [PostgresParameter] {
        let id = operation.creates ? nil : try checkedID
        let written = try written(body)
        return [.text(endpoint)] + kind + [.text(written.verb), .text(id)] + parent
            + [.jsonb(written.attributes), .json(operation.kind.template), .int4(Int32(operation.status))]
    }

    /// What is said of other outcomes than success.
    var refusing: Refusing { refusing(edgeName: nil) }

    private func refusing(edgeName: String?) -> Refusing {
        Refusing(object: operation.kind.name, parent: operation.parent?.kind.name, edgeName: edgeName)
    }

    /// An argument of a function of the vendor's own.
    private func given(
        _ argument: SurfaceOperation.Argument,
        _ items: QueryItems
    ) throws(Refusal) -> [PostgresParameter] {
        switch argument {
        case .id: ObjectName(id ?? "").parameters
        case .parent: ObjectName(parentID ?? "").parameters
        case .page: try PageRequest(items).parameters
        case .filter(let name): [.text(try items.filter(name))]
        case .named(let name): try items.filter(name).map { ObjectName($0).parameters } ?? [.int8(nil), .text(nil)]
        case .nothing: [.text(nil)]
        case .flag(let flag): [.bool(flag)]
        }
    }

    private func written(_ body: [UInt8]) throws(Refusal) -> (verb: String, attributes: String) {
        guard operation.hasBody else { return ("delete", "{}") }
        let attributes = try WriteBody.read(
            body,
            operation.attributes,
            isWhole: operation.isWhole,
            readsEmptyTextAsNull: surface.readsEmptyTextAsNull
        )
        return (operation.creates ? "create" : "update", attributes)
    }

    private var kind: [PostgresParameter] { [.text(surface.system.rawValue), .text(operation.kind.entityType)] }

    private var parent: [PostgresParameter] {
        [.text(operation.parent?.kind.entityType), .text(operation.parent == nil ? nil : parentID ?? "")]
    }

    private func shown(_ items: QueryItems) -> [PostgresParameter] {
        let asked = (try? items.single("expand")) ?? nil
        let expanded = (asked ?? "").split(separator: ",").map(String.init).first { operation.expandable.contains($0) }
        return [.json(operation.kind.template), .text(expanded)]
    }

    /// The id in the path, in the form that ids have; an empty one, which no object has, for what can be none.
    private var checkedID: String {
        get throws(Refusal) {
            guard surface.hasUUIDs else { return id ?? "" }
            guard let id = TextForm.uuid(id ?? "") else { throw .invalid([Fault(.path, "id", .notAUUID)]) }
            return id
        }
    }

    private var endpoint: String {
        let parent = surface.hasNumbers ? ObjectName(parentID ?? "").spelling : parentID ?? ""
        return "\(operation.method) \(surface.prefix)\(operation.path.replacing("{id}", with: parent))"
    }
}

extension ServerRequestContext {
    /// The id that a component of the path is; nil when it can be none.
    fileprivate func objectID(_ name: String) -> String? {
        guard let text = parameters.get(name).flatMap({ PercentDecoding.decode($0) }),
            ObjectKind.isID(text)
        else { return nil }
        return text
    }
}

extension PageRequest {
    /// The limit and the place to go on from, as the statements of lists take them.
    var parameters: [PostgresParameter] {
        [
            .int4(limit),
            .timestamptz(cursor.map { PostgresTimestamp(microsecondsSince1970: $0.microseconds) }),
            .int8(cursor?.firstPosition.rawValue),
        ]
    }
}

extension Request {
    /// The request's own URL up to a page's number, which ends it.
    fileprivate var pageURL: String {
        let parameters = (uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("page=") } + ["page="]
        let scheme = headers[named: "X-Forwarded-Proto"] == ["https"] ? "https" : "http"
        return "\(scheme)://\(head.authority ?? "localhost")\(uri.path)?\(parameters.joined(separator: "&"))"
    }
}
