/// How the native endpoints refuse; see ``CodedError``.
package struct NativeDialect: Dialect {
    /// The one there is.
    package init() {}

    package func body(of refusal: Refusal) -> String {
        CodedError(refusal).body(status: status(of: refusal))
    }
}
