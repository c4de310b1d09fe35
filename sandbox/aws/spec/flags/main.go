// Prints the schema flags of named resources of the Terraform provider for AWS as JSON: which attributes are required, optional or computed, which
// force a new resource, which are sets, and defaults. It reads the sources as text; it neither builds nor runs them.
//
//	go run main.go <folder of the module> aws_vpc aws_subnet … > ../provider-flags.json
//
// The module is github.com/hashicorp/terraform-provider-aws, as served by a Go module proxy.
package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// attribute is one attribute or block. Flags: R required, O optional, C computed, N forces a new resource, S sensitive.
type attribute struct {
	Kind    string                `json:"kind"`
	Flags   string                `json:"flags,omitempty"`
	Default string                `json:"default,omitempty"`
	Max     int                   `json:"max,omitempty"`
	Nested  map[string]*attribute `json:"nested,omitempty"`
}

type folder struct {
	functions map[string]*ast.FuncDecl
	values    map[string]ast.Expr
}

type reader struct {
	files   *token.FileSet
	names   map[string]string
	folders map[string]*folder
	current *folder
	depth   int
}

func main() {
	root := os.Args[1]
	wanted := map[string]bool{}
	for _, name := range os.Args[2:] {
		wanted[name] = true
	}
	r := &reader{files: token.NewFileSet(), names: map[string]string{}, folders: map[string]*folder{}}
	r.readNames(filepath.Join(root, "names", "attr_consts_gen.go"))
	result := map[string]map[string]*attribute{}
	marker := regexp.MustCompile(`@(SDK|Framework)Resource\("([a-z0-9_]+)"`)
	function := regexp.MustCompile(`func ([A-Za-z0-9_]+)\(`)
	_ = filepath.Walk(filepath.Join(root, "internal", "service"), func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() || !strings.HasSuffix(path, ".go") {
			return nil
		}
		text, _ := os.ReadFile(path)
		for _, match := range marker.FindAllSubmatchIndex(text, -1) {
			name := string(text[match[4]:match[5]])
			if !wanted[name] {
				continue
			}
			r.current = r.folder(filepath.Dir(path))
			if string(text[match[2]:match[3]]) == "SDK" {
				start := function.FindSubmatch(text[match[1]:])
				result[name] = r.sdkFunction(string(start[1]))
			} else {
				result[name] = r.frameworkFile(path)
			}
		}
		return nil
	})
	// Both directions of a security group rule embed the same schema.
	if wanted["aws_vpc_security_group_egress_rule"] {
		result["aws_vpc_security_group_egress_rule"] = result["aws_vpc_security_group_ingress_rule"]
	}
	for name := range wanted {
		if len(result[name]) == 0 {
			fmt.Fprintln(os.Stderr, "nothing found for", name)
		}
	}
	out, _ := json.Marshal(map[string]any{"module": "github.com/hashicorp/" + filepath.Base(root), "resources": result})
	fmt.Println(string(out))
}

func (r *reader) readNames(path string) {
	file, err := parser.ParseFile(r.files, path, nil, 0)
	if err != nil {
		panic(err)
	}
	f := &folder{functions: map[string]*ast.FuncDecl{}, values: map[string]ast.Expr{}}
	collect(file, f)
	for name, value := range f.values {
		if literal, ok := value.(*ast.BasicLit); ok {
			r.names["names."+name], _ = strconv.Unquote(literal.Value)
		}
	}
}

func (r *reader) folder(path string) *folder {
	if known := r.folders[path]; known != nil {
		return known
	}
	f := &folder{functions: map[string]*ast.FuncDecl{}, values: map[string]ast.Expr{}}
	packages, err := parser.ParseDir(r.files, path, nil, 0)
	if err != nil {
		panic(err)
	}
	for _, one := range packages {
		for _, file := range one.Files {
			collect(file, f)
		}
	}
	r.folders[path] = f
	return f
}

func collect(file *ast.File, f *folder) {
	for _, declaration := range file.Decls {
		switch d := declaration.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				f.functions[d.Name.Name] = d
			} else {
				f.functions[receiver(d)+"."+d.Name.Name] = d
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if values, ok := spec.(*ast.ValueSpec); ok {
					for at, name := range values.Names {
						if at < len(values.Values) {
							f.values[name.Name] = values.Values[at]
						}
					}
				}
			}
		}
	}
}

func receiver(d *ast.FuncDecl) string {
	t := d.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if name, ok := t.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

func text(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.SelectorExpr:
		return text(x.X) + "." + x.Sel.Name
	case *ast.Ident:
		return x.Name
	case *ast.BasicLit:
		return x.Value
	case *ast.CallExpr:
		parts := []string{}
		for _, argument := range x.Args {
			parts = append(parts, text(argument))
		}
		return text(x.Fun) + "(" + strings.Join(parts, ",") + ")"
	case *ast.IndexExpr:
		return text(x.X) + "[" + text(x.Index) + "]"
	case *ast.StarExpr:
		return text(x.X)
	case *ast.UnaryExpr:
		return text(x.X)
	case *ast.CompositeLit:
		if x.Type == nil {
			return ""
		}
		return text(x.Type)
	case *ast.MapType:
		return "map[" + text(x.Key) + "]" + text(x.Value)
	case *ast.ArrayType:
		return "[]" + text(x.Elt)
	}
	return ""
}

func (r *reader) key(e ast.Expr) string {
	if literal, ok := e.(*ast.BasicLit); ok {
		name, _ := strconv.Unquote(literal.Value)
		return name
	}
	name := text(e)
	if known, ok := r.names[name]; ok {
		return known
	}
	if literal, ok := r.current.values[name].(*ast.BasicLit); ok {
		known, _ := strconv.Unquote(literal.Value)
		return known
	}
	return name
}

func literal(e ast.Expr) *ast.CompositeLit {
	if unary, ok := e.(*ast.UnaryExpr); ok {
		e = unary.X
	}
	l, _ := e.(*ast.CompositeLit)
	return l
}

// sdkFunction finds the first schema.Resource that the function makes, or the map of attributes that it returns.
func (r *reader) sdkFunction(name string) map[string]*attribute {
	f := r.current.functions[name]
	if f == nil || r.depth > 12 {
		return nil
	}
	var found map[string]*attribute
	ast.Inspect(f.Body, func(n ast.Node) bool {
		if found != nil {
			return false
		}
		l, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if text(l.Type) == "schema.Resource" {
			// Earlier versions of a schema come first and may be empty.
			if read := r.sdkResource(l); len(read) > 0 {
				found = read
			}
			return false
		}
		if m, ok := l.Type.(*ast.MapType); ok && strings.HasSuffix(text(m.Value), "schema.Schema") {
			found = r.sdkMap(l)
			return false
		}
		return true
	})
	return found
}

func (r *reader) sdkResource(l *ast.CompositeLit) map[string]*attribute {
	for _, element := range l.Elts {
		kv, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		switch text(kv.Key) {
		case "Schema":
			return r.sdkSchema(kv.Value)
		case "SchemaFunc":
			if function, ok := kv.Value.(*ast.FuncLit); ok {
				for _, statement := range function.Body.List {
					if back, ok := statement.(*ast.ReturnStmt); ok {
						return r.sdkSchema(back.Results[0])
					}
				}
			}
			return r.sdkFunction(text(kv.Value))
		}
	}
	return nil
}

func (r *reader) sdkSchema(e ast.Expr) map[string]*attribute {
	if name, ok := e.(*ast.Ident); ok && r.current.values[name.Name] != nil {
		return r.sdkSchema(r.current.values[name.Name])
	}
	if l := literal(e); l != nil {
		return r.sdkMap(l)
	}
	if call, ok := e.(*ast.CallExpr); ok {
		if text(call.Fun) == "maps.Clone" {
			return r.sdkSchema(call.Args[0])
		}
		if name, ok := call.Fun.(*ast.Ident); ok {
			r.depth++
			defer func() { r.depth-- }()
			return r.sdkFunction(name.Name)
		}
		if function, ok := call.Fun.(*ast.FuncLit); ok {
			var found map[string]*attribute
			ast.Inspect(function.Body, func(n ast.Node) bool {
				if l, ok := n.(*ast.CompositeLit); ok && found == nil {
					if m, ok := l.Type.(*ast.MapType); ok && strings.HasSuffix(text(m.Value), "schema.Schema") {
						found = r.sdkMap(l)
						return false
					}
				}
				return true
			})
			return found
		}
	}
	return nil
}

func (r *reader) sdkMap(l *ast.CompositeLit) map[string]*attribute {
	result := map[string]*attribute{}
	for _, element := range l.Elts {
		if kv, ok := element.(*ast.KeyValueExpr); ok {
			if a := r.sdkAttribute(kv.Value); a != nil {
				result[r.key(kv.Key)] = a
			}
		}
	}
	return result
}

func (r *reader) sdkAttribute(e ast.Expr) *attribute {
	switch x := e.(type) {
	case *ast.CallExpr:
		switch text(x.Fun) {
		case "tftags.TagsSchema":
			return &attribute{Kind: "Map", Flags: "O"}
		case "tftags.TagsSchemaComputed":
			return &attribute{Kind: "Map", Flags: "OC"}
		case "tftags.TagsSchemaForceNew":
			return &attribute{Kind: "Map", Flags: "ON"}
		case "tftags.TagsSchemaTrulyComputed":
			return &attribute{Kind: "Map", Flags: "C"}
		}
		var inner *attribute
		if f, ok := x.Fun.(*ast.FuncLit); ok {
			return r.returned(f.Body)
		}
		if f := r.current.functions[text(x.Fun)]; f != nil && r.depth < 12 {
			r.depth++
			inner = r.returned(f.Body)
			r.depth--
		}
		if inner == nil {
			// A local helper of a schema function: a set of blocks.
			if strings.HasSuffix(text(x.Fun), "SetNestedBlock") {
				return &attribute{Kind: "Set", Flags: "OC"}
			}
			if strings.HasPrefix(text(x.Fun), "sdkv2.") {
				return &attribute{Kind: "String", Flags: "O"}
			}
			fmt.Fprintln(os.Stderr, "unread", text(x.Fun))
		}
		return inner
	case *ast.Ident:
		if value := r.current.values[x.Name]; value != nil {
			return r.sdkAttribute(value)
		}
		return nil
	}
	l := literal(e)
	if l == nil {
		return nil
	}
	a := &attribute{}
	for _, element := range l.Elts {
		kv, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		yes := text(kv.Value) == "true"
		switch text(kv.Key) {
		case "Type":
			a.Kind = strings.TrimPrefix(text(kv.Value), "schema.Type")
		case "Required":
			a.flag(yes, "R")
		case "Optional":
			a.flag(yes, "O")
		case "Computed":
			a.flag(yes, "C")
		case "ForceNew":
			a.flag(yes, "N")
		case "Sensitive":
			a.flag(yes, "S")
		case "Default":
			a.Default = r.value(kv.Value)
		case "MaxItems":
			a.Max, _ = strconv.Atoi(text(kv.Value))
		case "Elem":
			a.Nested = r.sdkElement(kv.Value)
		}
	}
	return a
}

func (r *reader) value(e ast.Expr) string {
	if name, ok := e.(*ast.Ident); ok {
		if l, ok := r.current.values[name.Name].(*ast.BasicLit); ok {
			return l.Value
		}
	}
	return text(e)
}

func (a *attribute) flag(on bool, letter string) {
	if on {
		a.Flags += letter
	}
}

func (r *reader) returned(body *ast.BlockStmt) *attribute {
	var found *attribute
	ast.Inspect(body, func(n ast.Node) bool {
		if back, ok := n.(*ast.ReturnStmt); ok && found == nil && len(back.Results) == 1 {
			found = r.sdkAttribute(back.Results[0])
			return false
		}
		return true
	})
	return found
}

func (r *reader) sdkElement(e ast.Expr) map[string]*attribute {
	if l := literal(e); l != nil {
		if text(l.Type) == "schema.Resource" {
			return r.sdkResource(l)
		}
		return nil
	}
	if call, ok := e.(*ast.CallExpr); ok {
		r.depth++
		defer func() { r.depth-- }()
		return r.sdkFunction(text(call.Fun))
	}
	return nil
}

// frameworkFile reads the Schema method of the resource type in a file.
func (r *reader) frameworkFile(path string) map[string]*attribute {
	for name, f := range r.current.functions {
		if strings.HasSuffix(name, ".Schema") && r.files.Position(f.Pos()).Filename == path && !strings.Contains(name, "DataSource") && !strings.Contains(name, "List") {
			var found map[string]*attribute
			ast.Inspect(f.Body, func(n ast.Node) bool {
				if l, ok := n.(*ast.CompositeLit); ok && found == nil && text(l.Type) == "schema.Schema" {
					found = r.frameworkObject(l)
					return false
				}
				return true
			})
			return found
		}
	}
	return nil
}

// frameworkObject reads `Attributes` and `Blocks` of a schema or a nested object.
func (r *reader) frameworkObject(l *ast.CompositeLit) map[string]*attribute {
	result := map[string]*attribute{}
	for _, element := range l.Elts {
		kv, ok := element.(*ast.KeyValueExpr)
		if !ok || (text(kv.Key) != "Attributes" && text(kv.Key) != "Blocks") {
			continue
		}
		members := literal(kv.Value)
		if members == nil {
			continue
		}
		for _, member := range members.Elts {
			if pair, ok := member.(*ast.KeyValueExpr); ok {
				if a := r.frameworkAttribute(pair.Value); a != nil {
					result[r.key(pair.Key)] = a
				}
			}
		}
	}
	return result
}

func (r *reader) frameworkAttribute(e ast.Expr) *attribute {
	if call, ok := e.(*ast.CallExpr); ok {
		name := text(call.Fun)
		switch {
		case strings.HasPrefix(name, "tftags.TagsAttributeComputed"):
			return &attribute{Kind: "Map", Flags: "OC"}
		case strings.HasPrefix(name, "tftags.TagsAttribute"):
			return &attribute{Kind: "Map", Flags: "O"}
		case strings.HasPrefix(name, "framework.ARNAttributeComputed"), strings.HasPrefix(name, "framework.IDAttribute"):
			return &attribute{Kind: "String", Flags: "C"}
		case strings.HasPrefix(name, "framework.ResourceOptionalComputedListOfObjects"):
			return &attribute{Kind: "List", Flags: "OC"}
		case strings.HasPrefix(name, "framework.ResourceComputed"):
			return &attribute{Kind: "List", Flags: "C"}
		case strings.HasPrefix(name, "timeouts."):
			return nil
		}
		if f := r.current.functions[name]; f != nil && r.depth < 12 {
			r.depth++
			defer func() { r.depth-- }()
			var found *attribute
			ast.Inspect(f.Body, func(n ast.Node) bool {
				if back, ok := n.(*ast.ReturnStmt); ok && found == nil && len(back.Results) == 1 {
					found = r.frameworkAttribute(back.Results[0])
					return false
				}
				return true
			})
			return found
		}
		fmt.Fprintln(os.Stderr, "unread", name)
		return nil
	}
	l := literal(e)
	if l == nil {
		return nil
	}
	kind := strings.TrimPrefix(text(l.Type), "schema.")
	a := &attribute{Kind: strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(kind, "Attribute"), "Block"), "Nested")}
	for _, element := range l.Elts {
		kv, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		yes := text(kv.Value) == "true"
		switch text(kv.Key) {
		case "Required":
			a.flag(yes, "R")
		case "Optional":
			a.flag(yes, "O")
		case "Computed":
			a.flag(yes, "C")
		case "Sensitive":
			a.flag(yes, "S")
		case "PlanModifiers":
			a.flag(mentions(kv.Value, "RequiresReplace"), "N")
		case "Default":
			a.Default = text(kv.Value)
		case "Validators":
			if mentions(kv.Value, "SizeAtMost") && strings.Contains(rendered(kv.Value), "SizeAtMost(1)") {
				a.Max = 1
			}
		case "NestedObject":
			if object := literal(kv.Value); object != nil {
				a.Nested = r.frameworkObject(object)
			}
		}
	}
	return a
}

func mentions(e ast.Expr, word string) bool { return strings.Contains(rendered(e), word) }

func rendered(e ast.Expr) string {
	out := ""
	ast.Inspect(e, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			out += text(call) + " "
		}
		return true
	})
	return out
}
