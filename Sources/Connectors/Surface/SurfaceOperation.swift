/// One thing that a surface does: a method at a path.
package struct SurfaceOperation: Sendable {
    /// What is done.
    package enum Act: Sendable {
        /// Tells of the key's workspace.
        case describeWorkspace
        /// Tells of the key and its workspace.
        case describeKey
        case list(ListRules)
        case read
        case create
        /// Changes the attributes that are given.
        case update
        /// Changes the attributes that are given, where those that a new object needs must be.
        case replace
        case delete
        /// Calls a function of the vendor's own, which answers a read.
        case call(String, [Argument])
        /// Tells that the service answers, also without a key.
        case tellHealth
    }

    /// What a function of a vendor's own is given after the key.
    package enum Argument: Sendable {
        /// The name of the object in the path.
        case id
        /// The name of the object that the path's own hangs on.
        case parent
        /// The greatest length of the page, and the place where the one before ended; see ``PageRequest``.
        case page
        /// The text of a parameter, or none.
        case filter(String)
        /// The object that a parameter names, or none.
        case named(String)
        /// No text.
        case nothing
        case flag(Bool)

        /// How many arguments it is: names are numbers or ids.
        package var count: Int {
            switch self {
            case .page: 3
            case .id, .parent, .named: 2
            case .filter, .nothing, .flag: 1
            }
        }
    }

    /// The object in the path that the operation's own objects hang on.
    package struct Parent: Sendable {
        /// The kind of it; documents name it under this and `_id`.
        package let kind: ObjectKind
        /// The column of the operation's table that has its id.
        package let column: String
    }

    /// The method in capitals.
    package let method: String
    /// The path below the surface's prefix; `{id}` is the object, or the one that it hangs on when it is `{child}` itself.
    package let path: String
    package let act: Act
    package let kind: ObjectKind
    package let parent: Parent?
    /// The status of success.
    package let status: Int
    /// What a body may hold.
    package let attributes: [Attribute]
    /// References that the query's `expand` may name, to be shown as the objects that they lead to.
    package let expandable: [String]

    /// Creates an operation; the attributes are the kind's unless stated.
    package init(
        _ method: String,
        _ path: String,
        _ act: Act,
        _ kind: ObjectKind,
        parent: Parent? = nil,
        status: Int = 200,
        attributes: [Attribute]? = nil,
        expandable: [String] = []
    ) {
        self.method = method
        self.path = path
        self.act = act
        self.kind = kind
        self.parent = parent
        self.status = status
        self.attributes = attributes ?? kind.attributes
        self.expandable = expandable
    }

    /// Whether it changes something.
    package var writes: Bool {
        switch act {
        case .describeWorkspace, .describeKey, .list, .read, .call, .tellHealth: false
        case .create, .update, .replace, .delete: true
        }
    }

    /// Whether it answers with a page.
    package var isList: Bool {
        switch act {
        case .list: true
        case .call(_, let arguments): arguments.contains { if case .page = $0 { true } else { false } }
        case .describeWorkspace, .describeKey, .read, .create, .update, .replace, .delete, .tellHealth: false
        }
    }

    /// Whether the request has a body.
    package var hasBody: Bool {
        if case .delete = act { false } else { writes }
    }

    /// Whether the body must have all that a new object needs.
    package var isWhole: Bool {
        switch act {
        case .create, .replace: true
        case .describeWorkspace, .describeKey, .list, .read, .update, .delete, .call, .tellHealth: false
        }
    }

    /// Whether it needs no key.
    package var isOpen: Bool {
        if case .tellHealth = act { true } else { false }
    }

    /// Whether it makes something, so that a request may carry an idempotency key.
    package var creates: Bool {
        if case .create = act { true } else { false }
    }
}
