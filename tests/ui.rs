//! Mistakes and their errors: each case of `tests/ui` must fail to compile with the errors in its `.stderr`.

#[test]
fn mistakes() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*/*.rs");
}
